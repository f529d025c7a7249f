import { expect, test } from 'vitest';
import { copyOf, plainBytes, reorder } from './bytes.ts';

test('a copy of a Buffer keeps its bytes when the Buffer is written anew', () => {
  const buffer = Buffer.from([1, 2, 3, 4]);
  const [all, some] = [copyOf(buffer), copyOf(buffer, 1, 3)];
  buffer.fill(0);
  expect([[...all], [...some]]).toEqual([
    [1, 2, 3, 4],
    [2, 3],
  ]);
  expect([some.byteOffset, some.buffer.byteLength]).toEqual([0, 2]);
});

test('the same memory as plain bytes copies where it is sliced', () => {
  const buffer = Buffer.from([1, 2, 3, 4]).subarray(1);
  const sliced = plainBytes(buffer).slice();
  buffer.fill(0);
  expect([...sliced]).toEqual([2, 3, 4]);
});

test('pieces are put in order, of a Buffer as well', () => {
  const pieces = [Buffer.from('aabbccddee'), new Uint8Array(Buffer.from('aabbccddee'))];
  for (const own of pieces) reorder(own, 2, Uint32Array.of(2, 0, 1, 4, 3));
  expect(pieces.map((own) => Buffer.from(own).toString())).toEqual(['ccaabbeedd', 'ccaabbeedd']);
});
