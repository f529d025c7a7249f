import { expect, test } from 'vitest';
import { unequalNote } from './classCounts.ts';

const sizes = (...trains: number[]) =>
  trains.map((train, k) => ({ name: `class ${k}`, train, test: 1 }));

test('names the largest and the smallest class, and the remedy', () => {
  expect(unequalNote(sizes(50, 2000, 100))).toBe(
    'training samples: 2,000 of class 1, 50 of class 0: the classes differ by more than 3 : 1; ' +
      'weigh them by classWeights auto, or show them alike by sampling balanced',
  );
});

test.each([[[30, 10]], [[9, 9, 0]], [[0, 0]], [[]]])('is silent on %j', (trains: number[]) => {
  expect(unequalNote(sizes(...trains))).toBeNull();
});

test('speaks above 3 : 1', () => {
  expect(unequalNote(sizes(31, 10))).not.toBeNull();
});
