import { describe, expect, test } from 'vitest';
import { idxFile } from '../../testkit/dataFiles.ts';
import { fuzzBytes } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';

const images = () => idxFile([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
const labels = () => idxFile([4], [0, 9, 5, 1]);

describe('an idx file', () => {
  test('of images gives their pixels without a copy', () => {
    const bytes = images();
    const { count, height, width, pixels } = parseIdxImages(bytes, 'i');
    expect([count, height, width]).toEqual([2, 2, 3]);
    expect([...pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(pixels.buffer).toBe(bytes.buffer);
  });

  test('of labels gives the labels', () => {
    expect(parseIdxLabels(labels(), 'l', 10)).toEqual(Uint16Array.of(0, 9, 5, 1));
  });
});

describe('an error names the file and the byte', () => {
  const wrongImages: [string, () => Uint8Array, string][] = [
    ['an empty file', () => new Uint8Array(0), 'f, byte 0: the file ends'],
    ['half a header', () => images().subarray(0, 9), 'f, byte 9: the file ends, but its header'],
    ['a wrong first byte', () => changed(images(), 0, 7), 'f, byte 0: value 7'],
    ['a wrong second byte', () => changed(images(), 1, 6), 'f, byte 1: value 6'],
    ['another element type', () => changed(images(), 2, 13), 'f, byte 2: element type 13'],
    ['another rank', () => changed(images(), 3, 4), 'f, byte 3: 4 dimensions'],
    ['a swapped label file', () => idxFile([20], Array(20).fill(1)), 'look swapped'],
    ['no images', () => idxFile([0, 2, 2], []), 'f, byte 4: count 0'],
    ['no width', () => idxFile([1, 2, 0], []), 'f, byte 12: width 0'],
    ['a cut file', () => images().subarray(0, 27), 'f, byte 27: the file ends, but'],
    ['a longer file', () => idxFile([1, 1, 1], [1, 2]), 'f, byte 17: the file goes on, but'],
    [
      'a claim of 2^96 pixels',
      () => idxFile([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], [1]),
      'f, byte 17: the file ends',
    ],
  ];
  test.each(wrongImages)('%s', (_, bytes, message) => {
    expect(() => parseIdxImages(bytes(), 'f')).toThrow(message);
    expect(() => parseIdxImages(bytes(), 'f')).toThrow(RequestError);
  });

  test('a label out of range', () => {
    expect(() => parseIdxLabels(labels(), 'f', 9)).toThrow(
      'f, byte 9: label 9, but labels are 0…8',
    );
  });

  test('images where labels belong', () => {
    expect(() => parseIdxLabels(images(), 'f', 10)).toThrow('look swapped');
  });
});

fuzzBytes('idx images', {
  valid: [images(), idxFile([3, 5, 7], [...Array(105).keys()])],
  parse: (bytes) => parseIdxImages(bytes, 'f'),
  accepted({ count, height, width, pixels }, bytes) {
    expect(pixels.length).toBe(count * height * width);
    expect(pixels.byteOffset).toBe(bytes.byteOffset + 16);
    expect(pixels.length).toBe(bytes.length - 16);
  },
});

fuzzBytes('idx labels', {
  valid: [labels(), idxFile([1], [3])],
  parse: (bytes) => parseIdxLabels(bytes, 'f', 10),
  accepted(found, bytes) {
    expect(found.length).toBe(bytes.length - 8);
    expect(Math.max(...found)).toBeLessThan(10);
  },
});

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  bytes[at] = value;
  return bytes;
}
