import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { cifarRecords } from '../../testkit/cifarFiles.ts';
import { idxFile, temporaryFolder, tinyMnist, writeFiles } from '../../testkit/dataFiles.ts';
import { colourFolder, soundFolder } from '../../testkit/ownData.ts';
import { checkDataset, openDataset } from './datasets.ts';

test('idx files are opened wherever they lie, of any size and with any classes', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    'train-images.idx3-ubyte': idxFile([3, 2, 3], [...Array(18).keys()]),
    'train-labels.idx1-ubyte': idxFile([3], [0, 11, 2]),
    't10k-images-idx3-ubyte': idxFile([1, 2, 3], [9, 8, 7, 6, 5, 4]),
    't10k-labels-idx1-ubyte': idxFile([1], [11]),
  });
  const dataset = await openDataset(folder);
  expect(dataset).toMatchObject({
    ...{ name: `folder:${folder}`, title: basename(folder), source: folder },
    ...{ channels: 1, height: 2, width: 3, reading: { holds: 'idx files', version: 1 } },
  });
  expect(dataset.classNames).toEqual(['0', '2', '11']);
  expect(dataset.mean[0]).toBeCloseTo(8.5, 12);
  expect(Array.from(dataset.test.images)).toEqual([9, 8, 7, 6, 5, 4]);
});

test('idx files of which one is missing, or of two sizes, are refused by name', async () => {
  const folder = join(await tinyMnist(3, 2), 'mnist');
  await writeFiles(folder, { 't10k-images-idx3-ubyte': idxFile([2, 1, 1], [1, 2]) });
  await expect(openDataset(folder)).rejects.toThrow('are 1x1, grey, trainimages 28x28, grey');
  const begun = await temporaryFolder();
  await writeFiles(begun, {
    'train-images-idx3-ubyte': idxFile([1, 1, 1], [1]),
  });
  await expect(openDataset(begun)).rejects.toThrow(
    'holds pictures without labels; name the folder that holds both',
  );
});

test('CIFAR’s files are known by their names wherever they lie', async () => {
  const folder = await temporaryFolder();
  const names = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
  for (const name of [...names, 'test_batch.bin']) {
    await writeFiles(folder, { [name]: cifarRecords([[1], [2]]) });
  }
  await expect(openDataset(folder)).rejects.toThrow('hold 10 images, but CIFAR-10 has 50000');
});

test('a setting that the files are not read by is refused, not lost', async () => {
  const [photos, sounds] = await Promise.all([colourFolder(2), soundFolder()]);
  await expect(openDataset(photos, { spectrogram: 'mels=20' })).rejects.toThrow(
    /^spectrogram rate=.*mels=20.*: .* holds images, which are read as imageSize, .* says; leave/,
  );
  await expect(openDataset(sounds, { imageSize: '32' })).rejects.toThrow(
    /^imageSize 32: .* holds sound clips, which are read as spectrogram, groupField says; leave it out$/,
  );
});

test('what a folder is, its classes and what was passed over are told', async () => {
  const folder = await colourFolder(5);
  await writeFiles(folder, { 'red/notes.txt': 'x', 'red/more.txt': 'x', 'blue/LICENSE': 'x' });
  const { reading, classes, problem } = await checkDataset(folder);
  expect(problem).toBeNull();
  expect(reading).toMatchObject({ holds: 'images', notes: [] });
  expect(reading?.passedOver).toEqual([
    { reason: 'files without an ending', count: 1, example: 'blue/LICENSE' },
    { reason: 'files ending in .txt', count: 2, example: expect.stringMatching(/^red\/.*\.txt$/) },
  ]);
  expect(classes).toEqual(['blue', 'green', 'red'].map((name) => ({ name, train: 4, test: 1 })));
});
