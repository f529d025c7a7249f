import { expect, test } from 'vitest';
import { ratioOf, spreadOf } from './spread.ts';

test('a spread has both ends', () => {
  expect(spreadOf([5, 40, 6])).toEqual({ median: 6, minimum: 5, maximum: 40 });
});

test('ratios are formed pair by pair, not of the medians', () => {
  // The machine was half as fast during the second pair; the ratio does not notice.
  expect(ratioOf([100, 50, 110], [20, 10, 22])).toEqual({ median: 5, minimum: 5, maximum: 5 });
  expect(ratioOf([100, 50], [20, 25]).median).toBe(3.5);
});
