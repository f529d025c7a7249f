import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { digitsTrainer, trainOn } from '../../../testkit/digitsTrainer.ts';
import { colourFolder, plainPng, soundFolder } from '../../../testkit/ownData.ts';
import type { Split } from '../dataset.ts';
import { checkDataset, openDataset } from '../datasets.ts';
import { datasetDigest } from '../identity.ts';

describe('a folder of images', () => {
  test('opens with classes, a fifth held out, and the moments of the rest', async () => {
    const folder = await colourFolder(10);
    const dataset = await openDataset(folder);
    expect(dataset).toMatchObject({
      name: `folder:${folder}`,
      title: basename(folder),
      source: folder,
      classNames: ['blue', 'green', 'red'],
      ...{ channels: 3, height: 4, width: 4 },
    });
    expect([dataset.train.count, dataset.test.count]).toEqual([24, 6]);
    const red = Array.from(dataset.train.labels, (_, i) => dataset.train.images[i * 48]);
    expect(dataset.mean[0]).toBeCloseTo(red.reduce((sum, value) => sum + value, 0) / 24, 10);
  });

  test('takes train and test as they are set apart, and the form that is asked for', async () => {
    const folder = await temporaryFolder();
    for (const path of ['train/a/1', 'train/b/1', 'train/b/2', 'test/b/3']) {
      const colour = [40, 40, path.includes('/a/') ? 40 : 90];
      await writeFiles(folder, { [`${path}.png`]: await plainPng(colour) });
    }
    const options = { imageSize: '2x3', imageChannels: 'grey', trainSize: 2 } as const;
    const { train, test: held, ...kind } = await openDataset(`folder:${folder}`, options);
    expect(kind).toMatchObject({ channels: 1, height: 2, width: 3 });
    expect([train.count, train.images.length, held.count]).toEqual([2, 12, 1]);
    expect(Array.from(held.labels)).toEqual([1]);
  });

  test('takes images to choose by from a third folder, and counts them', async () => {
    const folder = await temporaryFolder();
    const shades = { 'train/a/1': 1, 'train/b/1': 2, 'val/a/1': 3, 'val/b/1': 4, 'test/b/1': 5 };
    for (const [path, shade] of Object.entries(shades))
      await writeFiles(folder, { [`${path}.png`]: await plainPng([shade, shade, shade]) });
    const dataset = await openDataset(folder);
    expect(dataset.mean).toEqual([1.5]);
    const shadesOf = (split?: Split | null) =>
      Array.from(split?.labels ?? [], (_, i) => split?.images[16 * i]);
    expect(shadesOf(dataset.train)).toEqual([1, 2]);
    expect(shadesOf(dataset.validation)).toEqual([3, 4]);
    expect(shadesOf(dataset.test)).toEqual([5]);
    expect((await checkDataset(folder)).classes).toEqual([
      { name: 'a', train: 1, validation: 1, test: 0 },
      { name: 'b', train: 1, validation: 1, test: 1 },
    ]);
  });

  test('of a class of one image none can be held out', async () => {
    const folder = await colourFolder(2);
    await rm(join(folder, 'red', '1.png'));
    await expect(openDataset(folder)).rejects.toThrow(
      `${join(folder, 'red')}: the class has one file, of which none can be held out to test on; add`,
    );
  });

  test('tells how far its reading has come', async () => {
    const shares: number[] = [];
    const folder = await colourFolder(7);
    await openDataset(folder, { onProgress: (p) => void shares.push(p.received / p.total!) });
    expect(shares).toHaveLength(21);
    expect(shares.at(-1)).toBe(1);
  });

  test('names the image that cannot be read', async () => {
    const folder = await colourFolder(3);
    await writeFile(join(folder, 'red', '1.png'), 'no image');
    await expect(openDataset(folder)).rejects.toThrow(`${join(folder, 'red', '1.png')}: no image`);
  });

  test('is found in the data folder when it has moved', async () => {
    const folder = await colourFolder(2);
    const moved = join(await temporaryFolder(), basename(folder));
    await rename(folder, moved);
    await expect(openDataset(folder)).rejects.toThrow(
      `looked for ${folder} (the path); mend the path, or name with dataFolder`,
    );
    expect((await openDataset(folder, { folder: dirname(moved) })).source).toBe(moved);
  });
});

describe('the identity of data', () => {
  test('is the same wherever a folder lies, and another when a file changes', async () => {
    const [one, other] = await Promise.all([colourFolder(3), colourFolder(3)]);
    const digest = async (path: string) => datasetDigest(await openDataset(path));
    const before = await digest(one);
    expect(await digest(other)).toBe(before);
    await writeFiles(other, { 'red/1.png': await plainPng([99, 99, 98]) });
    expect(await digest(other)).not.toBe(before);
    await rm(join(one, 'blue', '2.png'));
    expect(await digest(one)).not.toBe(before);
  });

  test('of data that are not decoded is that of what they hold', async () => {
    const digits = await openDataset('digits', { trainSize: 20, testSize: 20 });
    const again = await openDataset('digits', { trainSize: 20, testSize: 20 });
    expect(datasetDigest(again)).toBe(datasetDigest(digits));
    again.train.images[5]++;
    expect(datasetDigest({ ...again })).not.toBe(datasetDigest(digits));
  });
});

describe('a folder of sounds', () => {
  test('becomes spectrograms of the size that is asked for', async () => {
    const folder = await soundFolder();
    const spectrogram = 'rate=8000,mels=16,frames=20';
    const { classNames, train, ...kind } = await openDataset(folder, { spectrogram });
    expect(kind).toMatchObject({ channels: 1, height: 16, width: 20 });
    expect(classNames).toEqual(['high', 'low', 'noise']);
    expect(train.count).toBe(24);
    await expect(openDataset(folder, { imageSize: '32' })).rejects.toThrow('holds sound clips');
  });

  test('is learned: a low tone, a high tone and noise are told apart', async () => {
    const folder = await soundFolder();
    const trainer = await digitsTrainer({
      ...{ dataset: folder, trainSize: 24, testSize: 6, epochs: 12, batch: 16 },
      ...{ layout: 'preact-bn', mixing: 'shake-shake', net: 'resnext-8-2x4d' },
    });
    await trainOn(trainer);
    expect((await trainer.evaluate('train')).error).toBeLessThan(20);
    trainer.close();
  });
});
