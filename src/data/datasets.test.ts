import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder, tinyMnist, writeFiles } from '../../testkit/dataFiles.ts';
import { RequestError } from '../errors.ts';
import { checkDataset, getDataset, listDatasets, openDataset } from './datasets.ts';
import { DatasetUnavailableError } from './obtain.ts';

beforeEach(async () => {
  vi.stubEnv('SHAKELAB_DATA', '');
  vi.stubEnv('XDG_CACHE_HOME', await temporaryFolder());
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in tests')));
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const othersByName = [
  ...['fashion-mnist', 'kmnist', 'qmnist', 'emnist-byclass', 'emnist-bymerge', 'emnist-balanced'],
  ...['emnist-letters', 'emnist-digits', 'emnist-mnist', 'svhn', 'stl10'],
];

describe('openDataset', () => {
  test('finds MNIST in the folder asked for, then in $SHAKELAB_DATA', async () => {
    const [folder, other] = [await tinyMnist(30, 20), await tinyMnist(40, 20)];
    vi.stubEnv('SHAKELAB_DATA', other);
    const fromFolder = await openDataset('mnist', { folder });
    expect([fromFolder.train.count, fromFolder.source]).toEqual([30, join(folder, 'mnist')]);
    expect((await openDataset('mnist')).train.count).toBe(40);
  });

  test('keeps as many images as asked for', async () => {
    const folder = await tinyMnist(30, 20);
    const { train, test } = await openDataset('mnist', { folder, trainSize: 10, testSize: 5 });
    expect([train.count, test.count]).toEqual([10, 5]);
    await expect(openDataset('mnist', { folder, trainSize: 31 })).rejects.toThrow('has 30 images');
    await expect(openDataset('mnist', { folder, trainSize: 0 })).rejects.toThrow(RequestError);
  });

  test('draws the digits, any number of them', async () => {
    const { train, test } = await openDataset('digits', { trainSize: 25 });
    expect([train.count, test.count]).toEqual([25, 2000]);
  });

  test('takes other images with another seed', async () => {
    const taken = async (seed: number) =>
      (await openDataset('digits', { trainSize: 25, seed })).train;
    const [first, second] = [await taken(1), await taken(2)];
    expect(second.count).toBe(25);
    expect(second.images).not.toEqual(first.images);
    expect(second).toEqual(await taken(2));
  });

  test('without files and without a network says where it looked and what to do', async () => {
    const folder = await tinyMnist(1, 1);
    await rm(join(folder, 'mnist', 't10k-labels-idx1-ubyte'));
    const opening = openDataset('mnist', { folder });
    await expect(opening).rejects.toThrow(DatasetUnavailableError);
    await expect(opening).rejects.toThrow(
      new RegExp(
        [
          `not found: ${join(folder, 'mnist')} \\(dataFolder\\) lacks t10k-labels-idx1-ubyte.gz`,
          'the cache\\) has none of its files',
          'no network in tests',
          'run `shakelab data get mnist`.* dataFolder DIR.* dataset digits',
        ].join('.*'),
      ),
    );
  });

  test('does not pass over damaged files', async () => {
    const folder = await tinyMnist(30, 20);
    await writeFiles(join(folder, 'mnist'), { 'train-images-idx3-ubyte': 'not images at all' });
    const opening = openDataset('mnist', { folder });
    await expect(opening).rejects.toThrow(/train-images-idx3-ubyte, byte 0/);
    await expect(opening).rejects.not.toThrow(DatasetUnavailableError);
  });

  test.each(['mnits', 'toString', ''])('refuses the unknown name “%s”', async (name) => {
    await expect(openDataset(name)).rejects.toThrow('choose from mnist, digits, cifar10, cifar100');
  });
});

test('listDatasets says where each is', async () => {
  const folder = await tinyMnist(1, 1);
  const found = async (options: { folder?: string }) =>
    (await listDatasets(options)).map((row) => [row.name, row.found]);
  expect(await found({ folder })).toEqual([
    ['mnist', join(folder, 'mnist')],
    ['digits', 'drawn by code'],
    ['cifar10', null],
    ['cifar100', null],
    ...othersByName.map((name) => [name, null]),
  ]);
  expect(await found({})).toEqual([
    ['mnist', null],
    ['digits', 'drawn by code'],
    ['cifar10', null],
    ['cifar100', null],
    ...othersByName.map((name) => [name, null]),
  ]);
});

test('getDataset is content with files that are there, and refuses what is no file of MNIST', async () => {
  const folder = await tinyMnist(1, 1);
  expect(await getDataset('mnist', { folder })).toBe(join(folder, 'mnist'));
  expect(await getDataset('digits')).toBe('drawn by code');
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<p>Please log in</p>')));
  await expect(getDataset('mnist')).rejects.toThrow('SHA-256');
});

describe('checkDataset', () => {
  test('gives each file its verdict and the whole its own', async () => {
    const folder = await tinyMnist(30, 20);
    await writeFiles(join(folder, 'mnist'), { 'train-labels-idx1-ubyte': 'not labels at all' });
    const { source, files, problem } = await checkDataset('mnist', { folder });
    expect(source).toBe(join(folder, 'mnist'));
    expect(files.map((file) => file.published)).toEqual([false, false, false, false]);
    expect(files.map((file) => file.problem !== null)).toEqual([false, true, false, false]);
    expect(problem).toMatch(/train-labels-idx1-ubyte, byte 0/);
  });

  test('says where it looked when there is nothing to check', async () => {
    const { source, files, problem } = await checkDataset('mnist');
    expect([source, files]).toEqual([null, []]);
    expect(problem).toContain('has none of its files');
    const missing = await checkDataset('mnist', { folder: 'nowhere' });
    expect(missing.problem).toContain('(dataFolder) has none of its files');
    const named = await checkDataset('mnist', { folder: 'nowhere' }, (name) => `<${name}>`);
    expect(named.problem).toContain('(<dataFolder>) has none of its files');
    expect((await checkDataset('digits')).problem).toBeNull();
  });
});
