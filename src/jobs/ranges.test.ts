import { expect, it } from 'vitest';
import { numbersIn, rangesOf, rangesPattern } from './ranges.ts';

it.each([
  [[], ''],
  [[7], '7'],
  [[0, 1, 2, 3], '0-3'],
  [[0, 1, 2, 3, 7, 9, 10, 2000], '0-3,7,9-10,2000'],
])('numbers %j are the text %j, and back', (numbers, text) => {
  expect(rangesOf(numbers)).toBe(text);
  expect(numbersIn(text)).toEqual(numbers);
  expect(text).toMatch(rangesPattern);
});

it.each(['a', '1-', '-2', '1,,2', '1-2-3'])('%j is no such text', (text) => {
  expect(text).not.toMatch(rangesPattern);
});
