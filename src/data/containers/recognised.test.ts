import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { tinyMnist, writeFiles } from '../../../testkit/dataFiles.ts';
import { openDataset } from '../datasets.ts';

// Files of the names of MNIST's, known as another data set's.
const root = await tinyMnist(20, 10);
const folder = join(root, 'mnist');
const names = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
const packed = names.map((name) => gzipSync(readFileSync(join(folder, `${name}-ubyte`))));
await writeFiles(
  folder,
  Object.fromEntries(names.map((name, i) => [`${name}-ubyte.gz`, packed[i]])),
);

vi.mock('./published.ts', async (original) => {
  const module = await original<typeof import('./published.ts')>();
  const publishedAs = (paths: string[]) => {
    const files = packed.map((bytes) => createHash('md5').update(bytes).digest('hex'));
    const classNames = [...'abcdefghij'];
    return module.publishedAs(paths, [
      { title: 'Letters', files: Object.fromEntries(files.entries()), classNames },
    ]);
  };
  return { ...module, publishedAs };
});

test('another data set under MNIST’s names is no MNIST', async () => {
  await expect(openDataset('mnist', { folder: root })).rejects.toThrow(
    `${folder}: holds Letters’s files as published, not MNIST’s; put them elsewhere, or give`,
  );
});

test('by its path it is called what it is, its classes too', async () => {
  const { title, classNames, reading, train } = await openDataset(folder);
  expect([title, classNames[1], train.count]).toEqual(['Letters', 'b', 20]);
  expect(reading?.notes).toContain("note: these are Letters's files as published");
});
