import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedNet } from '../src/exports/exportedNet.ts';
import { pytorchFiles } from '../src/exports/pytorch/pytorch.ts';
import type { Model } from '../src/runs/open.ts';
import { committedCases, exportedCases, exportedModel, passSamples } from './exportedCases.ts';
import { drawnCase, encodeCase, type PassCase } from './trainingPass.ts';

/** Writes an exported net and what it is to be given into a folder. */
export async function writeExported(folder: string, model: Model, given: PassCase): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files = pytorchFiles(await exportedNet(model));
  for (const { name, content } of files) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'case.safetensors'), encodeCase(model, given));
}

/** Has a Python with torch and safetensors run the nets of folders, see `testkit/runExported.py`. */
export function runExported(python: string, folders: readonly string[]): void {
  const script = join(import.meta.dirname, 'runExported.py');
  execFileSync(python, [script, ...folders], { stdio: 'inherit' });
}

/** Where the values of a committed case are. */
export const exportedFixture = (name: string): string =>
  join(import.meta.dirname, 'fixtures/exported', name);

/** Which `model.py` the committed values are of: the SHA-256 of its code, without the words before it. */
export const codeDigest = (module: string): string =>
  createHash('sha256')
    .update(module.slice(module.indexOf('"""', 3)))
    .digest('hex');

/** Where that digest is. */
export const digestPath = (folder: string): string => join(folder, 'model.py.sha256');

/** Writes the committed cases anew, each after an epoch of two steps of ours. */
export async function makeExported(python: string): Promise<void> {
  for (const name of committedCases) {
    const model = await exportedModel(exportedCases[name]);
    for await (const _ of model.trainer.train());
    await writeExported(exportedFixture(name), model, drawnCase(model, passSamples));
    model.trainer.close();
  }
  const folders = committedCases.map(exportedFixture);
  runExported(python, folders);
  for (const folder of folders) {
    const module = join(folder, 'model.py');
    writeFileSync(digestPath(folder), `${codeDigest(readFileSync(module, 'utf8'))}\n`);
    rmSync(module);
  }
}
