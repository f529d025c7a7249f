import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultConfig } from '../runs/fields.ts';
import { writePredictions } from '../runs/predictions.ts';
import { pairedNetsOf } from './pairedNets.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-nets-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A run that takes ten samples of class 0 for these classes. */
async function run(id: string, predicted: readonly number[], first = 0) {
  const folder = join(root, id);
  await mkdir(folder);
  const logits = Float32Array.from(predicted.flatMap((guess) => [1 - guess, guess]));
  const indices = Int32Array.from(predicted, (_, place) => first + place);
  const test = { logits, labels: new Int32Array(predicted.length), indices, classes: 2 };
  await writePredictions(folder, { step: 1, splits: { test } });
  return { id, folder, config: defaultConfig };
}

it('holds each net against the first on the samples of both, and no others', async () => {
  const first = await run('first', [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  const worse = await run('worse', [1, 1, 1, 1, 1, 1, 1, 0, 0, 1]);
  const alike = await run('alike', [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  const others = await run('others', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 5);
  const none = { id: 'none', folder: join(root, 'none'), config: defaultConfig };
  const found = await pairedNetsOf([first, worse, alike, others, none]);
  expect(found.map(({ id, against }) => [id, against])).toEqual([
    ['worse', 'first'],
    ['alike', 'first'],
  ]);
  expect(found[0]).toMatchObject({ count: 10, onlyLeft: 1, onlyRight: 7, difference: 0.6 });
  // Eight samples, split 1 : 7: 2 (1 + 8) / 256, less the 8 / 256 that was seen.
  expect(found[0].exact).toBeCloseTo(18 / 256, 12);
  expect(found[0].mid).toBeCloseTo(10 / 256, 12);
  expect(found[0].adjusted).toBeCloseTo(20 / 256, 12);
  expect(found[1]).toMatchObject({ onlyLeft: 0, onlyRight: 0, exact: 1, mid: 1 });
});

it('has nothing to say where the first net keeps no predictions', async () => {
  const kept = await run('kept', [0, 1]);
  expect(await pairedNetsOf([{ ...kept, folder: join(root, 'nowhere') }, kept])).toEqual([]);
});
