import { expect, test } from 'vitest';
import { classSizes } from './classSizes.ts';

test('counts the samples of every class, and none of those without', () => {
  expect(classSizes([0, 2, 0], 4)).toEqual([2, 0, 1, 0]);
});
