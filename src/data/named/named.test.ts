import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tarFile } from '../../../testkit/cifarFiles.ts';
import { fixtureBytes } from '../../../testkit/containerCases.ts';
import { idxFile, temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { zipOf } from '../../../testkit/npzFile.ts';
import { checkDataset, getDataset, imagesOf, openDataset } from '../datasets.ts';
import { namedSets } from './sets.ts';

beforeEach(async () => {
  vi.stubEnv('SHAKELAB_DATA', '');
  vi.stubEnv('XDG_CACHE_HOME', await temporaryFolder());
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in tests')));
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** Two pictures of 28×28, all of `value` and one more, the first row of each brighter. */
const pictures = (value: number) =>
  idxFile(
    [2, 28, 28],
    Array.from(
      { length: 2 * 784 },
      (_, at) => value + Math.floor(at / 784) + (at % 784 < 28 ? 9 : 0),
    ),
  );
const packed = (values: number[]) => gzipSync(idxFile([values.length], values));

/** Files as MNIST's are called. */
const mnistFiles = (value: number) => ({
  'train-images-idx3-ubyte.gz': gzipSync(pictures(value)),
  'train-labels-idx1-ubyte.gz': packed([0, 9]),
  't10k-images-idx3-ubyte': pictures(value + 100),
  't10k-labels-idx1-ubyte.gz': packed([9, 1]),
});

async function dataFolder(folder: string, files: Record<string, Uint8Array>): Promise<string> {
  const root = await temporaryFolder();
  await writeFiles(join(root, folder), files);
  return root;
}

test('every row has digests, sizes and as many classes as its images have', () => {
  for (const { files, classNames, name } of namedSets) {
    for (const { bytes, md5 } of files) {
      expect(md5).toMatch(/^[0-9a-f]{32}$/);
      expect(bytes).toBeGreaterThan(5000);
    }
    expect(imagesOf(name).classNames).toEqual(classNames);
  }
  expect(imagesOf('emnist-bymerge').classNames).toHaveLength(47);
  expect(imagesOf('stl10')).toMatchObject({ channels: 3, height: 96, width: 96 });
});

describe('opened by name', () => {
  test.each([
    ['fashion-mnist', 'Ankle boot'],
    ['kmnist', 'wo'],
  ] as const)('%s, its classes too', async (name, last) => {
    const folder = await dataFolder(name, mnistFiles(10));
    const { train, test, classNames, source } = await openDataset(name, { folder });
    expect([train.count, classNames[9], source]).toEqual([2, last, join(folder, name)]);
    expect([train.images[783], train.images[784 + 783], test.images[783]]).toEqual([10, 11, 110]);
    expect(Array.from(test.labels)).toEqual([9, 1]);
    const { files, problem } = await checkDataset(name, { folder });
    expect([problem, files.map(({ published }) => published)]).toEqual([
      null,
      Array(4).fill(false),
    ]);
  });

  test('EMNIST from its archive, upright, the letters from a', async () => {
    const file = (part: string, what: string) => `gzip/emnist-letters-${part}-${what}-ubyte.gz`;
    const archive = zipOf({
      [file('train', 'images-idx3')]: gzipSync(pictures(50)),
      [file('train', 'labels-idx1')]: packed([1, 26]),
      [file('test', 'images-idx3')]: gzipSync(pictures(80)),
      [file('test', 'labels-idx1')]: packed([2, 1]),
    });
    const folder = await dataFolder('emnist', { 'gzip.zip': archive });
    const { train, test, classNames } = await openDataset('emnist-letters', { folder });
    expect(Array.from(train.labels, (label) => classNames[label])).toEqual(['a', 'z']);
    expect(Array.from(test.labels)).toEqual([1, 0]);
    expect(Array.from(train.images.subarray(0, 29))).toEqual([59, ...Array(27).fill(50), 59]);
    await expect(openDataset('emnist-digits', { folder })).rejects.toThrow(
      /gzip.zip: lacks gzip\/emnist-digits-train-images-idx3-ubyte.gz; fetch/,
    );
  });

  test('STL-10 from its archive, labels from 1', async () => {
    const image = Buffer.alloc(2 * 3 * 96 * 96, 7);
    const names = ['train_X.bin', 'train_y.bin', 'test_X.bin', 'test_y.bin'];
    const contents = [image, Buffer.of(1, 10), image, Buffer.of(2, 3)];
    const archive = tarFile(
      names.map((name, i) => ({ name: `stl10_binary/${name}`, bytes: contents[i] })),
    );
    const folder = await dataFolder('stl10', { 'stl10_binary.tar.gz': gzipSync(archive) });
    const { train, test, classNames } = await openDataset('stl10', { folder });
    expect(Array.from(train.labels, (label) => classNames[label])).toEqual(['airplane', 'truck']);
    expect([Array.from(test.labels), test.images[0]]).toEqual([[1, 2], 7]);
  });
});

describe('refused', () => {
  test('pictures of another form', async () => {
    const small = fixtureBytes('svhn.mat');
    const folder = await dataFolder('svhn', { 'train_32x32.mat': small, 'test_32x32.mat': small });
    await expect(openDataset('svhn', { folder })).rejects.toThrow(
      /svhn: images of \d+×\d+ with 3 channels, but SVHN's are 32×32 with 3; fetch the files/,
    );
  });

  test('what is no file of the data set', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<p>Please log in</p>')));
    await expect(getDataset('qmnist')).rejects.toThrow(
      /its MD5 is [0-9a-f]{32} instead of ed72d4157d28c017586c42bc6afe6370/,
    );
  });
});

test('each file is asked for at each of its addresses', async () => {
  const urls: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    urls.push(url);
    return Promise.resolve(new Response('no', { status: 404 }));
  });
  await expect(getDataset('emnist-balanced')).rejects.toThrow('404');
  await expect(getDataset('svhn')).rejects.toThrow('404');
  expect(urls).toEqual([
    'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip',
    'https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/gzip.zip',
    'http://ufldl.stanford.edu/housenumbers/train_32x32.mat',
  ]);
});
