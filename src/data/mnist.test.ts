import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { idxFile, realData, tinyMnist, writeFiles } from '../../testkit/dataFiles.ts';
import { checkFiles } from './check.ts';
import { mnist } from './mnist.ts';

describe('a folder with idx files', () => {
  test('opens, plain or gzip', async () => {
    const folder = join(await tinyMnist(30, 20), 'mnist');
    await writeFiles(folder, {
      'train-labels-idx1-ubyte.gz': gzipSync(idxFile([30], Array(30).fill(7))),
    });
    const { train, test } = await mnist.open(folder);
    expect([train.count, test.count]).toEqual([30, 20]);
    expect(new Set(train.labels)).toEqual(new Set([7]));
    expect(test.images).toHaveLength(20 * 784);
    expect([...test.labels.subarray(0, 3)]).toEqual([0, 1, 2]);
  });

  test('with one label too few names both files', async () => {
    const folder = join(await tinyMnist(30, 20), 'mnist');
    const labels = idxFile([29], Array(29).fill(7));
    await writeFiles(folder, { 'train-labels-idx1-ubyte': labels });
    await expect(mnist.open(folder)).rejects.toThrow(
      /train-labels-idx1-ubyte, byte 4: 29 labels, but .*train-images-idx3-ubyte has 30 images/,
    );
  });

  test('with images of another size is refused', async () => {
    const folder = join(await tinyMnist(30, 20), 'mnist');
    await writeFiles(folder, { 't10k-images-idx3-ubyte': idxFile([1, 2, 2], [1, 2, 3, 4]) });
    await expect(mnist.open(folder)).rejects.toThrow('byte 8: images of 2×2');
  });

  test('without one of the files says which', async () => {
    await expect(mnist.open('nowhere')).rejects.toThrow(
      /^nowhere\/train-images-idx3-ubyte.gz, .*, nowhere\/t10k-labels-idx1-ubyte.gz: no such file/,
    );
  });

  test('that parse but are not the published ones are told apart', async () => {
    const checks = await checkFiles(mnist, join(await tinyMnist(30, 20), 'mnist'));
    expect(checks.map(({ published, problem }) => [published, problem])).toEqual(
      Array(4).fill([false, null]),
    );
  });
});

describe.skipIf(realData === null)('the real MNIST', () => {
  const folder = join(realData ?? '', 'mnist');

  test('opens, with the mean and deviation we state', async () => {
    const { train, test, mean, std } = await mnist.open(folder);
    expect([train.count, test.count]).toEqual([60_000, 10_000]);
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    const { average, deviation } = moments(train.images);
    expect(average).toBeCloseTo(mean[0], 1);
    expect(deviation).toBeCloseTo(std[0], 1);
  });

  test('has the published checksums', async () => {
    const checks = await checkFiles(mnist, folder);
    expect(checks.map(({ published, problem }) => [published, problem])).toEqual(
      Array(4).fill([true, null]),
    );
  });
});

function moments(values: Uint8Array): { average: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const average = sum / values.length;
  return { average, deviation: Math.sqrt(squares / values.length - average * average) };
}
