import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataset } from 'shakelab/data';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testkit/dataFiles.ts';
import { drawShapes } from './shapes.ts';

test('a folder of unequal classes is drawn, the same each time', async () => {
  const folders = [await temporaryFolder(), await temporaryFolder()];
  for (const folder of folders) await drawShapes(folder, 0.1);
  const counts = await Promise.all(
    ['circle', 'ellipse', 'square', 'rectangle', 'triangle'].map(
      async (name) => (await readdir(join(folders[0], name))).length,
    ),
  );
  expect(counts).toEqual([40, 20, 10, 4, 2]);
  const [one, other] = await Promise.all(folders.map((folder) => openDataset(folder)));
  expect(one).toMatchObject({ height: 32, width: 32, channels: 1 });
  expect(one.train.images).toEqual(other.train.images);
  expect(new Set(one.train.images).size).toBeGreaterThan(100);
});
