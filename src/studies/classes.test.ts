import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { defaultConfig } from '../runs/fields.ts';
import { writePredictions } from '../runs/predictions.ts';
import { finishedRun } from '../runs/result.ts';
import { classFigures } from './classes.ts';
import { eachClass } from './report/page.ts';
import type { TrainedRun } from './trained.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-study-classes-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A finished run of a model on digits, which took ones for the given classes, or keeps nothing. */
async function trained(id: string, model: string, predicted: number[] | null): Promise<TrainedRun> {
  const folder = join(root, id);
  await fakeRun(folder, { done: 10 });
  if (predicted) {
    const labels = new Int32Array(predicted.length).fill(1);
    const logits = Float32Array.from({ length: 10 * labels.length }, (_, i) =>
      i % 10 === predicted[Math.floor(i / 10)] ? 5 : 0,
    );
    const indices = Int32Array.from(labels.keys());
    const test = { logits, labels, indices, classes: 10 };
    await writePredictions(folder, { step: 100, splits: { test } });
  }
  const run = { id, model, title: model, config: defaultConfig };
  return { run, ...(await finishedRun(folder))!, embeddings: null };
}

it('adds up the mistakes of the runs of each model that keep their predictions', async () => {
  const figures = await classFigures([
    await trained('a1', 'A', [1, 7, 7]),
    await trained('b1', 'B', null),
    await trained('a2', 'A', [1, 1, 7]),
    await trained('a3', 'A', null),
  ]);
  expect(figures.map(({ file }) => file)).toEqual(['confusion-1.svg']);
  const [{ content, caption }] = figures;
  const counts = [...String(content).matchAll(/>(\d+)<\/text>/g)].map(([, count]) => count);
  expect(counts.slice(0, 2)).toEqual(['3', '3']);
  expect(caption).toMatch(
    /^Test images of 2 runs\. Most often 1 for 7\. Calibration error [\d.]+ %/,
  );
  expect(eachClass(figures).markup).toContain('<h2>Each class</h2>');
});

it('leaves the section out where no run keeps any', async () => {
  expect(await classFigures([await trained('c1', 'C', null)])).toEqual([]);
  expect(eachClass([]).markup).toBe('');
});
