import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  cifarRecords,
  realCifar,
  tarFile,
  tinyArchive,
  tinyBatches,
  tinyCifar,
} from '../../../testkit/cifarFiles.ts';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { checkFiles } from '../check.ts';
import { imagesOf, openDataset } from '../datasets.ts';
import { obtain } from '../obtain.ts';

describe('each form of the files opens, with the same images', () => {
  const batches = tinyBatches();
  const inner = Object.entries(batches).map(([name, bytes]) => [`batches/${name}`, bytes]);
  test.each<[string, Record<string, Uint8Array>]>([
    ['the archive', { 'tiny.tar.gz': gzipSync(tinyArchive()) }],
    ['the archive, unpacked once', { 'tiny.tar': tinyArchive() }],
    ['the folder it unpacks to', Object.fromEntries(inner)],
    ['its files directly', batches],
  ])('%s', async (_, files) => {
    const { train, test } = await tinyCifar.open(await folderWith(files));
    expect([train.count, test.count]).toEqual([24, 8]);
    expect([...train.labels.subarray(8, 12)]).toEqual([8, 9, 0, 1]);
    expect([...test.labels]).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
    expect([train.images[9 * 3072], train.images[10 * 3072], train.images.at(-1)]).toEqual([
      9, 0, 13,
    ]);
  });
});

test('the order of an archive does not matter', async () => {
  const reversed = Object.entries(tinyBatches()).reverse();
  const members = reversed.map(([name, bytes]) => ({ name: `batches/${name}`, bytes }));
  const { train } = await tinyCifar.open(await folderWith({ 'tiny.tar': tarFile(members) }));
  expect([...train.labels.subarray(8, 12)]).toEqual([8, 9, 0, 1]);
});

describe('refuses', () => {
  const batches = tinyBatches();
  const packed = gzipSync(tinyArchive());
  const member = { name: 'batches/test_batch.bin', bytes: batches['test_batch.bin'] };
  const wrongLabel = { ...batches, 'data_batch_2.bin': cifarRecords(Array(14).fill([10])) };
  test.each<[string, Record<string, Uint8Array>, string | RegExp]>([
    [
      'an archive cut short',
      { 'tiny.tar.gz': packed.subarray(0, packed.length - 20) },
      'tiny.tar.gz: the gzip data stop short at byte',
    ],
    [
      'an archive that lacks a batch',
      { 'tiny.tar': tarFile([member]) },
      'lacks batches/data_batch_1.bin',
    ],
    [
      'an image too few',
      { ...batches, 'test_batch.bin': cifarRecords(Array(7).fill([1])) },
      /test_batch.bin hold 7 images, but tiny CIFAR has 8/,
    ],
    ['a label out of range', wrongLabel, /data_batch_2.bin, byte 0: label 10, but/],
    ['an empty folder', {}, 'tiny.tar.gz: no such file'],
  ])('%s', async (_, files, message) => {
    await expect(tinyCifar.open(await folderWith(files))).rejects.toThrow(message);
  });

  test('an archive with a bad record, naming the member', async () => {
    const members = Object.entries(wrongLabel).map(([name, bytes]) => ({
      name: `batches/${name}`,
      bytes,
    }));
    const folder = await folderWith({ 'tiny.tar': tarFile(members) });
    const inside = join(folder, 'tiny.tar', 'batches', 'data_batch_2.bin');
    await expect(tinyCifar.open(folder)).rejects.toThrow(`${inside}, byte 0: label 10`);
  });
});

test('a folder with some of the files says which it lacks', async () => {
  const { 'test_batch.bin': _, ...some } = tinyBatches();
  const root = await temporaryFolder();
  await writeFiles(join(root, 'cifar10'), some);
  const opening = obtain(
    'tiny',
    { ...tinyCifar, mirrors: ['http://127.0.0.1:9/'] },
    { folder: root },
  );
  await expect(opening).rejects.toThrow(
    `${join(root, 'cifar10')} (dataFolder) lacks test_batch.bin`,
  );
});

test('files that parse but are not the published ones are told apart', async () => {
  const verdicts = async (files: Record<string, Uint8Array>) =>
    (await checkFiles(tinyCifar, await folderWith(files))).map((check) => [
      check.published,
      check.problem,
    ]);
  expect(await verdicts({ 'tiny.tar.gz': gzipSync(tinyArchive()) })).toEqual([[false, null]]);
  expect(await verdicts(tinyBatches())).toEqual(Array(3).fill([null, null]));
});

test('images and classes are known without any files', () => {
  expect(imagesOf('cifar10')).toMatchObject({ channels: 3, height: 32, augmentation: 'crop-flip' });
  expect(imagesOf('cifar10').classNames[3]).toBe('cat');
  const { classNames } = imagesOf('cifar100');
  expect(new Set(classNames).size).toBe(100);
  expect([classNames[1], classNames[99]]).toEqual(['aquarium fish', 'worm']);
  expect(classNames).toEqual([...classNames].sort());
});

describe.skipIf(realCifar === null)('the real CIFAR-10', () => {
  test('opens, with as many images a class as published and the mean we state', async () => {
    const { train, test, mean } = await openDataset('cifar10', { folder: realCifar! });
    expect([train.count, test.count]).toEqual([50_000, 10_000]);
    expect(perClass(train.labels)).toEqual(Array(10).fill(5000));
    expect(perClass(test.labels)).toEqual(Array(10).fill(1000));
    channelMeans(train.images).forEach((found, c) => {
      expect(Math.abs(found - mean[c])).toBeLessThan(0.1);
    });
  });
});

function perClass(labels: Uint16Array): number[] {
  const counts = Array(10).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

function channelMeans(images: Uint8Array): number[] {
  const sums = [0, 0, 0];
  for (let at = 0; at < images.length; at++) sums[(at >> 10) % 3] += images[at];
  return sums.map((sum) => (3 * sum) / images.length);
}

async function folderWith(files: Record<string, Uint8Array>): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, files);
  return folder;
}
