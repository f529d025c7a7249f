import { expect, test } from 'vitest';
import { isAtChance } from './chance.ts';

test.each([
  [90, 2000, 10, true],
  [88.7, 2000, 10, true],
  [88.6, 2000, 10, false],
  [84, 100, 10, true],
  [83.9, 100, 10, false],
  [100, 50, 2, true],
  [0, 2000, 10, false],
])(
  'an error of %d %% of %d samples of %d classes is at chance: %s',
  (error, count, classes, is) => {
    expect(isAtChance(error, count, classes)).toBe(is);
  },
);
