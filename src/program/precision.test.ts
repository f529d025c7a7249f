import { expect, test } from 'vitest';
import { roundToBf16 } from './precision.ts';

const rounded = (value: number): number => {
  const values = Float32Array.of(value);
  roundToBf16(values);
  return values[0];
};

test.each([
  ['what it holds stays', 1.0078125, 1.0078125],
  ['below the middle down', 1 + 2 ** -8 - 2 ** -20, 1],
  ['above the middle up', 1 + 2 ** -8 + 2 ** -20, 1 + 2 ** -7],
  ['the middle to the even one below', 1 + 2 ** -8, 1],
  ['the middle to the even one above', 1 + 3 * 2 ** -8, 1 + 2 ** -6],
  ['away from 0 with either sign', -(1 + 3 * 2 ** -8), -(1 + 2 ** -6)],
  ['into the next power of two', 2 - 2 ** -10, 2],
  ['beyond the largest', 3.4e38, Number.POSITIVE_INFINITY],
  ['infinity', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ['minus zero', -0, -0],
])('%s: %f to %f', (_, value, expected) => {
  expect(rounded(value)).toBe(expected);
});

test('NaN stays NaN, whatever its bits', () => {
  const words = Uint32Array.of(0x7f800001, 0xffffffff, 0x7fc00000);
  const values = new Float32Array(words.buffer);
  roundToBf16(values);
  expect([...values]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([...words].map((word) => word & 0xffff)).toEqual([0, 0, 0]);
});
