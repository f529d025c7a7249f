import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedNet } from '../src/exports/exportedNet.ts';
import { pytorchFiles } from '../src/exports/pytorch/pytorch.ts';
import type { Model } from '../src/runs/open.ts';
import { committedCases, exportedCases, exportedModel, passSamples } from './exportedCases.ts';
import { drawnCase, encodeCase, type PassCase } from './trainingPass.ts';

/**
 * Has a Python with torch and safetensors run an exported net, see `testkit/runExported.py`.
 *
 * @param folder where everything is written
 */
export async function runExported(
  python: string,
  folder: string,
  model: Model,
  given: PassCase,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files = pytorchFiles(await exportedNet(model));
  for (const { name, content } of files) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'case.safetensors'), encodeCase(model, given));
  const script = join(import.meta.dirname, 'runExported.py');
  execFileSync(python, [script, folder], { stdio: 'inherit' });
}

/** Where the values of a committed case are. */
export const exportedFixture = (name: string): string =>
  join(import.meta.dirname, 'fixtures/exported', name);

/** Writes the committed cases anew, each after an epoch of two steps of ours. */
export async function makeExported(python: string): Promise<void> {
  for (const name of committedCases) {
    const model = await exportedModel(exportedCases[name]);
    for await (const _ of model.trainer.train());
    await runExported(python, exportedFixture(name), model, drawnCase(model, passSamples));
    model.trainer.close();
  }
}
