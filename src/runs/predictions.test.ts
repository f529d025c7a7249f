import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeTrainer } from '../../testkit/fakeTrainer.ts';
import { openDataset } from '../data/datasets.ts';
import { NewerFormatError } from '../files/format.ts';
import {
  keepPredictions,
  predictionsOf,
  predictionsPath,
  type RunPredictions,
  readPredictions,
  writePredictions,
} from './predictions.ts';
import { decodeSafetensors, encodeSafetensors, type TensorFile } from './safetensors.ts';

const test = {
  logits: Float32Array.of(1, 2, 3, 0.5, -1e30, 0),
  labels: Int32Array.of(2, 0),
  indices: Int32Array.of(7, 4),
  classes: 3,
};
const validation = { ...test, indices: Int32Array.of(0, 1) };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-predictions-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the predictions of a run', () => {
  it.each<RunPredictions>([
    { step: 6, splits: { test } },
    { step: 0, splits: { test, validation } },
  ])('are read as they were written: step $step', async (predictions) => {
    await writePredictions(folder, predictions);
    expect(await readPredictions(folder)).toEqual(predictions);
  });

  it('lie in the file as docs/formats.md says', async () => {
    await writePredictions(folder, { step: 6, splits: { test } });
    const { tensors, metadata } = decodeSafetensors(await readFile(predictionsPath(folder)), '');
    expect(metadata).toEqual({ format: '1', step: '6' });
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['test.logits', [2, 3]],
      ['test.labels', [2]],
      ['test.indices', [2]],
    ]);
  });

  it('are null where there are none', async () => {
    expect(await readPredictions(join(folder, 'nowhere'))).toBeNull();
  });

  it('are not replaced by one who may not write', async () => {
    await writePredictions(folder, { step: 6, splits: { test } });
    const late = writePredictions(folder, { step: 9, splits: { test } }, async () => {
      throw new Error('superseded');
    });
    await expect(late).rejects.toThrow('superseded');
    expect((await readPredictions(folder))?.step).toBe(6);
  });

  it.each<[string, (file: TensorFile) => unknown, string]>([
    ['no test split', ({ tensors }) => tensors.delete('test.logits'), 'holds no test samples'],
    ['no labels', ({ tensors }) => tensors.delete('test.labels'), "'test.labels'"],
    ['a label too high', ({ tensors }) => tensors.get('test.labels')!.data.fill(3), 'none of 3'],
    ['no step', ({ metadata }) => delete metadata.step, 'names no training step'],
  ])('are refused when damaged: %s', async (_, damage, complaint) => {
    await writePredictions(folder, { step: 6, splits: { test } });
    const file = decodeSafetensors(await readFile(predictionsPath(folder)), '');
    damage(file);
    await writeFile(predictionsPath(folder), encodeSafetensors(file));
    await expect(readPredictions(folder)).rejects.toThrow(complaint);
  });

  it('of a newer format are refused as such', async () => {
    const tensors: TensorFile['tensors'] = new Map();
    await writeFile(
      predictionsPath(folder),
      encodeSafetensors({ tensors, metadata: { format: '2' } }),
    );
    await expect(readPredictions(folder)).rejects.toThrow(NewerFormatError);
    const dataset = await openDataset('digits', { trainSize: 16, testSize: 16 });
    const model = { trainer: fakeTrainer({ epochs: 1, stepsPerEpoch: 1 }), dataset };
    await expect(keepPredictions(folder, model)).rejects.toThrow(NewerFormatError);
  });
});

it('takes samples for the first ones of their part where nothing else is said', () => {
  const evaluation = { loss: 0, error: 0, ...test, labels: Uint16Array.of(2, 0) };
  expect(predictionsOf(evaluation).indices).toEqual(Int32Array.of(0, 1));
  expect(predictionsOf(evaluation, Uint32Array.of(7, 4))).toEqual(test);
});
