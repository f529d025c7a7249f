import { utimesSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkpointPath, loadCheckpoint, saveBest } from '../runs/checkpoint.ts';
import { parseConfig } from '../runs/config.ts';
import { runTraining } from '../runs/lifecycle.ts';
import { openRun } from '../runs/open.ts';
import { embedRun, hasEmbeddings, keepEmbeddings, readEmbeddings } from './embeddings.ts';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-embeddings-'));
  folder = join(root, 'run');
});
afterEach(() => rm(root, { recursive: true }));

/** Trains a run of a single epoch. */
async function train(settings: Record<string, unknown> = {}): Promise<void> {
  const tiny = { dataset: 'digits', net: 'resnext-8-2x2d', trainSize: 48, batch: 16, epochs: 1 };
  const config = parseConfig({ ...tiny, ...settings });
  for await (const _ of runTraining({ folder, config, threads: 1 }));
}

it('a checkpoint saved while the one before is embedded counts as newer', async () => {
  await train();
  expect(await hasEmbeddings(folder)).toBe(false);
  const later = new Date(Date.now() + 5000);
  await keepEmbeddings(folder, {}, () => utimesSync(checkpointPath(folder), later, later));
  expect(await hasEmbeddings(folder)).toBe(false);
  await keepEmbeddings(folder, {});
  expect(await hasEmbeddings(folder)).toBe(true);
});

/** Keeps a best net that differs from the newest in its averages alone; returns their class vectors. */
async function keepOtherBest(): Promise<Float32Array> {
  const { state } = (await loadCheckpoint(folder))!;
  const { shape, data } = state.tensors.get('average.head.weight')!;
  const averaged = data.map((value) => 2 * value + 1);
  const tensors = new Map(state.tensors).set('average.head.weight', { shape, data: averaged });
  await saveBest(folder, { ...state, tensors });
  return averaged;
}

it('class vectors are those that the images were embedded for: the best net, averaged', async () => {
  await train({ averageDecay: 0.5 });
  const averaged = await keepOtherBest();
  const { trainer } = await openRun(folder, { threads: 1 });
  expect((await embedRun(trainer, 10)).classifier.classVectors).toEqual(averaged);
  trainer.close();
  await keepEmbeddings(folder, { threads: 1 });
  expect((await readEmbeddings(folder)).classifier.classVectors).toEqual(averaged);
});

it('has no class vectors where the embedded net is kept no longer', async () => {
  await train();
  await keepEmbeddings(folder, { threads: 1 });
  expect((await readEmbeddings(folder)).classifier.classVectors).toHaveLength(10 * 8);
  const ending = { ended: 'epochs', epochs: 1, bestEpoch: 1, bestStep: 1 };
  const measures = { validationLoss: 1, validationError: 1, testLoss: 1, testError: 1 };
  await writeFile(join(folder, 'summary.json'), JSON.stringify({ ...ending, ...measures }));
  expect((await readEmbeddings(folder)).classifier.classVectors).toBeNull();
});
