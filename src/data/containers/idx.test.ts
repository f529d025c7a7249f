import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  caseLabels,
  casePixels,
  fixtureBytes,
  pixelPart,
} from '../../../testkit/containerCases.ts';
import { idxFile } from '../../../testkit/dataFiles.ts';
import { fuzzBytes } from '../../../testkit/fuzz.ts';
import { wholeArray } from './arrays.ts';
import { emnistTraits } from './emnist.ts';
import { idxArray, isIdxName, readIdx } from './idx.ts';

const file = (path: string) => {
  const bytes = fixtureBytes(path);
  return { path, bytes: path.endsWith('.gz') ? gunzipSync(bytes) : bytes };
};

describe('pairs of idx files', () => {
  test('under names with dashes or dots, labels of QMNIST too', async () => {
    const names = ['t10k-labels.idx2-int', 't10k-images.idx3-ubyte'];
    const train = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'];
    expect([...names, ...train].every(isIdxName)).toBe(true);
    const contents = await readIdx([...names, ...train].map(file), {});
    expect(pixelPart(contents, 'train').labels).toEqual(caseLabels.slice(0, 8));
    expect(pixelPart(contents, 'test').labels).toEqual(caseLabels.slice(8));
    expect([...pixelPart(contents, 'test').pixels.images]).toEqual(casePixels(4, { first: 8 }));
    expect(contents.schema.notes).toEqual([
      'of the eight numbers a label has in QMNIST’s files, the first is the class',
    ]);
  });

  test('pictures that lie on their side are turned upright', async () => {
    const files = [
      { path: 'x-images-idx3-ubyte', bytes: idxFile([1, 2, 2], [1, 2, 3, 4]) },
      { path: 'x-labels-idx1-ubyte', bytes: idxFile([1], [7]) },
    ];
    const { pixels } = pixelPart(await readIdx(files, {}, { transposed: true }));
    expect([...pixels.images]).toEqual([1, 3, 2, 4]);
  });

  test('EMNIST is known by its names: upright, its letters counted from 1', async () => {
    const files = ['images-idx3', 'labels-idx1'].map((end) => `emnist-letters-train-${end}-ubyte`);
    const traits = emnistTraits(files)!;
    expect(traits.classNames).toHaveLength(26);
    const [images, labels] = [idxFile([2, 1, 2], [1, 2, 3, 4]), idxFile([2], [26, 1])];
    const contents = await readIdx(
      [images, labels].map((bytes, i) => ({ path: files[i], bytes })),
      {},
      traits,
    );
    expect(pixelPart(contents, 'train').labels).toEqual([25, 0]);
    expect(pixelPart(contents, 'train').pixels).toMatchObject({ height: 2, width: 1 });
    const sizes = ['byclass', 'bymerge', 'balanced', 'digits', 'mnist'].map(
      (split) => emnistTraits([`emnist-${split}-test-images-idx3-ubyte.gz`])!.classNames!.length,
    );
    expect(sizes).toEqual([62, 47, 47, 10, 10]);
    expect(emnistTraits(['train-images-idx3-ubyte'])).toBeNull();
    expect(() => emnistTraits([...files, 'emnist-digits-train-images-idx3-ubyte'])).toThrow(
      'holds several data sets: letters, digits',
    );
  });

  test('floats and shorts are read with the high byte first', async () => {
    const floats = Buffer.from([0, 0, 13, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0]);
    const array = idxArray(floats, 'f', 'f');
    expect(array).toMatchObject({ shape: [2], element: { name: 'float32' } });
    expect(await wholeArray(array, 'f')).toHaveLength(8);
  });
});

test.each<[number[], string]>([
  [[1, 0, 8, 1], 'byte 0: an idx file begins 0, 0'],
  [[0, 0, 10, 1, 0, 0, 0, 0], 'byte 2: element type 10'],
  [[0, 0, 8, 5], 'byte 3: 5 dimensions'],
  [[0, 0, 8, 1, 0, 0, 0, 3, 1], 'its 3 values end at byte 11, the file at 9'],
])('%j is refused', (bytes, message) => {
  expect(() => idxArray(Uint8Array.from(bytes), 'f', 'f')).toThrow(message);
});

fuzzBytes('idx arrays of any kind', {
  valid: [idxFile([2, 2, 3], [...Array(12).keys()]), fixtureBytes('t10k-labels.idx2-int')],
  parse: (bytes) => idxArray(bytes, 'f', 'f').shape,
  accepted(shape, bytes) {
    const count = shape.reduce((product, size) => product * size, 1);
    expect(count).toBeLessThanOrEqual(bytes.length);
  },
});
