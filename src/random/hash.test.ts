import { expect, test } from 'vitest';
import { hashWord } from './hash.ts';

/** Murmur3's finaliser of 1, from its reference implementation: 0x514e28b7. */
test('with a key of zeros the finaliser is applied twice', () => {
  const once = 0x514e28b7;
  expect(hashWord([0, once], 1)).toBe(0);
  expect(hashWord([0, once ^ 1], 1)).toBe(once);
});

test('a key is another order of the same words', () => {
  const words = (key: number[]) => Array.from({ length: 4096 }, (_, i) => hashWord(key, i));
  expect(new Set(words([1, 2])).size).toBe(4096);
  expect(words([1, 2])).not.toEqual(words([2, 1]));
  expect(words([1, 2])).not.toEqual(words([1, 3]));
});

test('every bit of index and key changes about half of the bits', () => {
  const trials = 256;
  const flips = (changed: (bit: number, i: number) => number) =>
    Array.from({ length: 32 }, (_, bit) => {
      let sum = 0;
      for (let i = 0; i < trials; i++) sum += ones(hashWord([7, 11], i) ^ changed(bit, i));
      return sum / trials / 32;
    });
  const ways = [
    flips((bit, i) => hashWord([7, 11], i ^ (1 << bit))),
    flips((bit, i) => hashWord([7 ^ (1 << bit), 11], i)),
    flips((bit, i) => hashWord([7, 11 ^ (1 << bit)], i)),
  ];
  for (const share of ways.flat()) expect(share).toBeCloseTo(0.5, 1);
});

function ones(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
