import { expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { hedgesEffect, pairedEffect, smallSampleFactor } from './effect.ts';

const { hedges } = statisticsFixture('comparisons');

test.each(hedges)('Hedges’ g of %j and %j is %d, with the exact factor', (left, right, g) => {
  expect(hedgesEffect(left, right)! / g).toBeCloseTo(1, 11);
});

test('the factor is 1/√π at two degrees of freedom, and nears 1 − 3/(4ν − 1)', () => {
  expect(smallSampleFactor(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 12);
  for (const freedom of [200, 1e3, 1e6, 1e9])
    expect(smallSampleFactor(freedom)).toBeCloseTo(1 - 3 / (4 * freedom - 1), 5);
});

test('d_z of differences 1, 2, 3 is 2', () => {
  expect(pairedEffect([2, 4, 6], [1, 2, 3])).toBeCloseTo(2, 12);
});

test.each([
  [[], []],
  [[1], [2]],
  [
    [1, 1],
    [2, 2],
  ],
  [
    [1, Number.NaN],
    [2, 3],
  ],
  [
    [1, Number.POSITIVE_INFINITY],
    [2, 3],
  ],
])('%j and %j have no effect size', (left, right) => {
  expect(pairedEffect(left, right)).toBeNull();
  expect(hedgesEffect(left, right)).toBeNull();
});
