import { expect, test } from 'vitest';
import { errorInterval } from './intervals.ts';

test('two seeds or more have Student’s interval', () => {
  // scipy.stats.t.interval(0.95, 1, loc=4, scale=0.1)
  expect(errorInterval([3.9, 4.1], 1000)).toEqual({
    mean: 4,
    halfWidth: expect.closeTo(1.27062047362, 9),
  });
});

test('one seed, or seeds that agree to the last digit, have that of a share of the images', () => {
  // 1.96 √(0.04 · 0.96 / 1000), in percent
  const ofImages = { mean: 4, halfWidth: expect.closeTo(1.214567577, 8) };
  expect(errorInterval([4], 1000)).toEqual(ofImages);
  expect(errorInterval([4, 4], 1000)).toEqual(ofImages);
});
