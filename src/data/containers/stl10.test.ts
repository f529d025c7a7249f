import { expect, test } from 'vitest';
import { pixelPart } from '../../../testkit/containerCases.ts';
import { fuzzReader } from '../../../testkit/fuzzAsync.ts';
import { isStlName, readStl10 } from './stl10.ts';

const side = 96;

/** Planes column by column: pixel(row, column) = row + 2 column + 10 channel. */
function picture(): Buffer {
  const bytes = Buffer.alloc(3 * side * side);
  for (let at = 0; at < bytes.length; at++) {
    const row = at % side;
    const column = Math.floor(at / side) % side;
    bytes[at] = row + 2 * column + 10 * Math.floor(at / side ** 2);
  }
  return bytes;
}

const files = [
  { path: 'train_X.bin', bytes: Buffer.concat([picture(), Buffer.alloc(3 * side * side)]) },
  { path: 'train_y.bin', bytes: Buffer.from([10, 1]) },
  { path: 'class_names.txt', bytes: Buffer.from('airplane\nbird\n') },
];

test('STL-10: columns become rows, and labels count from 0', async () => {
  expect(files.every(({ path }) => isStlName(path))).toBe(true);
  expect(isStlName('unlabeled_X.bin')).toBe(false);
  const contents = await readStl10(files, {});
  const { pixels, labels, split } = pixelPart(contents, 'train');
  expect(split).toBe('train');
  expect(pixels).toMatchObject({ count: 2, channels: 3, height: side, width: side });
  expect([pixels.images[1], pixels.images[side], pixels.images[side * side]]).toEqual([2, 1, 10]);
  expect(labels).toEqual([9, 0]);
  expect(contents.classNames).toEqual(['airplane', 'bird']);
});

test('a label beyond ten and half a picture are refused', async () => {
  const [images, labels] = files;
  const beyond = { ...labels, bytes: Buffer.from([10, 11]) };
  expect(() => readStl10([images, beyond], {})).toThrow('train_y.bin, byte 1: label 11, but');
  const half = { ...images, bytes: images.bytes.subarray(0, 30_000) };
  expect(() => readStl10([half, labels], {})).toThrow(
    '30000 bytes are no whole number of pictures',
  );
});

fuzzReader('labels of STL-10', {
  valid: [Uint8Array.of(10, 1)],
  read: async (bytes) => readStl10([files[0], { path: 'train_y.bin', bytes }], {}),
});
