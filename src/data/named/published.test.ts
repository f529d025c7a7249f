import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixture, temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import type { DatasetName, Split } from '../dataset.ts';
import { openDataset } from '../datasets.ts';

// Files as numpy, scipy, gzip, zip, tar and pickle of Python write them: testkit/data/make_named.py.
const folder = fixture('named', '');

beforeEach(async () => {
  vi.stubEnv('XDG_CACHE_HOME', await temporaryFolder());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What each picture says that its class is; throws for one that does not lie upright. */
function classesOf({ images, count }: Split, channels: number, side: number): number[] {
  return Array.from({ length: count }, (_, sample) => {
    const planes = images.subarray(sample * channels * side * side);
    for (let channel = 0; channel < channels; channel++) {
      const plane = planes.subarray(channel * side * side, (channel + 1) * side * side);
      expect([plane[0], plane[side - 1], plane[side], plane.at(-side)]).toEqual([
        255, 255, 128, 128,
      ]);
      expect(plane.at(-1)).toBe(
        (planes[side + 1] * (channels === 1 ? 1 : [1, 2, 4][channel])) % 256,
      );
    }
    return channels === 1 ? planes[side + 1] / 4 : planes[side + 1];
  });
}

const sets: [DatasetName, number, number, number][] = [
  ...(['mnist', 'fashion-mnist', 'kmnist', 'qmnist', 'emnist-digits', 'emnist-mnist'] as const).map(
    (name): [DatasetName, number, number, number] => [name, 10, 1, 28],
  ),
  ['emnist-byclass', 62, 1, 28],
  ['emnist-bymerge', 47, 1, 28],
  ['emnist-balanced', 47, 1, 28],
  ['emnist-letters', 26, 1, 28],
  ['svhn', 10, 3, 32],
  ['stl10', 10, 3, 96],
];

test.each(sets)(
  '%s: upright, each picture with its class of %i',
  async (name, classes, ...form) => {
    const { train, test, classNames } = await openDataset(name, { folder });
    expect([train.count, test.count, classNames.length]).toEqual([2 * classes, classes, classes]);
    for (const split of [train, test]) {
      expect(classesOf(split, ...form)).toEqual(Array.from(split.labels));
      expect(new Set(split.labels).size).toBe(classes);
    }
  },
);

test('CIFAR-100 as Python pickled it: the fine classes, by their names', async () => {
  const root = await temporaryFolder();
  const unpacked = (name: string) =>
    gunzipSync(readFileSync(join(folder, 'cifar-100-python', `${name}.gz`)));
  const names = ['train', 'test', 'meta'];
  await writeFiles(root, Object.fromEntries(names.map((name) => [name, unpacked(name)])));
  const { train, test, classNames } = await openDataset(root);
  expect([train.count, test.count, classNames[99]]).toEqual([200, 100, 'class 99']);
  expect(classesOf(train, 3, 32)).toEqual(Array.from(train.labels));
  expect(classesOf(test, 3, 32)).toEqual(Array.from(test.labels));
});
