import { expect, test } from 'vitest';
import { median, ratioOf, spreadOf } from './spread.ts';

test.each([
  [[3], 3],
  [[10, 9], 9.5],
  [[10, 9, 100], 10],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
  expect(median(Float64Array.from(values))).toBe(expected);
});

test('a median leaves its values as they were', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('a spread has both ends', () => {
  expect(spreadOf([5, 40, 6])).toEqual({ median: 6, minimum: 5, maximum: 40 });
});

test('ratios are formed pair by pair, not of the medians', () => {
  // The machine was half as fast during the second pair; the ratio does not notice.
  expect(ratioOf([100, 50, 110], [20, 10, 22])).toEqual({ median: 5, minimum: 5, maximum: 5 });
  expect(ratioOf([100, 50], [20, 25]).median).toBe(3.5);
});
