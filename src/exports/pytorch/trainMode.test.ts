import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  committedCases,
  exportedCases,
  exportedModel,
  passSamples,
} from '../../../testkit/exportedCases.ts';
import {
  codeDigest,
  digestPath,
  exportedFixture,
  runExported,
  writeExported,
} from '../../../testkit/makeExported.ts';
import { drawnCase, trainingPass } from '../../../testkit/trainingPass.ts';
import { torchName } from '../../nets/torchNames.ts';
import { fitWeights } from '../../runs/initial/fit.ts';
import { readWeightFile } from '../../runs/initial/weightFile.ts';
import type { Model } from '../../runs/open.ts';
import { decodeSafetensors } from '../../runs/safetensors.ts';
import type { NamedTensors } from '../../training/state.ts';
import { exportedNet } from '../exportedNet.ts';
import { pytorchFiles } from './pytorch.ts';

/** A Python with torch and safetensors, see `pytorch.test.ts`. */
const python = process.env.SHAKELAB_PYTHON;

/** The weights of a file as a model takes them, its head among them. */
async function weightsFrom(path: string, { trainer, dataset }: Model): Promise<NamedTensors> {
  const { tensors } = await trainer.state();
  const { tensors: fitted, headLeft } = fitWeights(
    await readWeightFile(path),
    tensors,
    dataset.classNames,
  );
  expect(headLeft).toBe(null);
  return new Map([...tensors, ...fitted]);
}

/** What PyTorch left of a case, by name. */
function valuesOf(folder: string): Map<string, Float32Array> {
  const path = join(folder, 'pytorch.safetensors');
  const { tensors } = decodeSafetensors(readFileSync(path), path);
  return new Map([...tensors].map(([name, { data }]) => [name, data as Float32Array]));
}

/** The largest difference, relative to the largest value expected. */
function apart(found: Float32Array, expected: Float32Array | undefined, what: string): number {
  expect(found.length, what).toBe(expected!.length);
  const largest = expected!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const differences = found.map((value, i) => Math.abs(value - expected![i]));
  expect(differences.every(Number.isFinite), what).toBe(true);
  return differences.reduce((most, value) => Math.max(most, value)) / largest;
}

/** Holds our evaluation, training pass and gradients of a case against what PyTorch left of it. */
async function compare(model: Model, folder: string): Promise<Record<string, number>> {
  const theirs = valuesOf(folder);
  const evaluate = async (file: string) => {
    const tensors = await weightsFrom(join(folder, file), model);
    model.trainer.restore({ step: 0, tensors });
    const { logits } = await model.trainer.predict('test');
    return logits.slice(0, theirs.get('evaluated.logits')!.length);
  };
  const evaluated = await evaluate('model.safetensors');
  const { tensors } = await model.trainer.state();
  const { logits, gradients } = await trainingPass(model, tensors, drawnCase(model, passSamples));
  const largest = Math.max(...[...gradients.keys()].map((name) => sizeAt(theirs, name)));
  const ofGradients = [...gradients].map(([name, values]) => {
    const expected = theirs.get(`gradient.${torchName(name)}`);
    return (apart(values, expected, name) * sizeAt(theirs, name)) / largest;
  });
  return {
    evaluated: apart(evaluated, theirs.get('evaluated.logits'), 'evaluated'),
    trained: apart(logits, theirs.get('trained.logits'), 'trained'),
    gradients: Math.max(...ofGradients),
    tuned: apart(await evaluate('trained.safetensors'), theirs.get('tuned.logits'), 'tuned'),
  };
}

/** The largest value of a parameter's gradient. */
const sizeAt = (theirs: Map<string, Float32Array>, name: string): number =>
  theirs
    .get(`gradient.${torchName(name)}`)!
    .reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const largestDifference = 1e-5;

function expectClose(differences: Record<string, number>): void {
  for (const [what, difference] of Object.entries(differences))
    expect(difference, what).toBeLessThan(largestDifference);
}

describe.each(committedCases)('values that PyTorch 2.15.0 left of %s', (name) => {
  test('are ours: evaluation, training with α and β given, gradients, weights that it trained', async () => {
    const model = await exportedModel(exportedCases[name]);
    expectClose(await compare(model, exportedFixture(name)));
    model.trainer.close();
  });

  test('are of the model.py that is written today', async () => {
    const model = await exportedModel(exportedCases[name]);
    const [{ content }] = pytorchFiles(await exportedNet(model));
    model.trainer.close();
    const committed = readFileSync(digestPath(exportedFixture(name)), 'utf8').trim();
    expect(codeDigest(String(content)), 'else make them anew: npm run fixtures').toBe(committed);
  });
});

describe.skipIf(!python)('PyTorch trains as we do', () => {
  const root = mkdtempSync(join(tmpdir(), 'shakelab-exported-'));
  const names = Object.keys(exportedCases);
  const models = new Map<string, Model>();

  beforeAll(async () => {
    for (const name of names) {
      const model = await exportedModel(exportedCases[name]);
      models.set(name, model);
      for await (const event of model.trainer.train()) expect(event.kind).toMatch(/step|epoch/);
      await writeExported(join(root, name), model, drawnCase(model, passSamples));
    }
    runExported(
      python!,
      names.map((name) => join(root, name)),
    );
  }, 600_000);
  afterAll(() => {
    for (const { trainer } of models.values()) trainer.close();
    rmSync(root, { recursive: true, force: true });
  });

  test.each(names)('%s', async (name) => {
    const differences = await compare(models.get(name)!, join(root, name));
    if (process.env.SHAKELAB_SHOW) console.log(name, differences);
    expectClose(differences);
  });
});
