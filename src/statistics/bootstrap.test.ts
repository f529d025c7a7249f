import { describe, expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { randomStream } from '../random/index.ts';
import { accelerationOf, bootstrapInterval, correctedLevel, type Samples } from './bootstrap.ts';

const { acceleration, bca } = statisticsFixture('comparisons');

const meanOf = ([values]: Samples) => values.reduce((sum, x) => sum + x, 0) / values.length;
const gapOf = ([left, right]: Samples) => meanOf([left]) - meanOf([right]);

test.each(acceleration)('the acceleration of the mean of %j is %d', (values, expected) => {
  expect(accelerationOf([values], meanOf)).toBeCloseTo(expected, 12);
});

test('levels without bias and acceleration are left as they are', () => {
  for (const level of [0.025, 0.5, 0.975])
    expect(correctedLevel(level, 0, 0)).toBeCloseTo(level, 12);
  expect(correctedLevel(0.025, 0.1, 0.05)).toBeGreaterThan(0.025);
});

test('agrees with a million resamples of scipy', () => {
  const found = bootstrapInterval([bca.values], meanOf, { seed: 1 })!;
  expect(found.value).toBeCloseTo(meanOf([bca.values]), 12);
  expect(Math.abs(found.low - bca.low)).toBeLessThan(0.02);
  expect(Math.abs(found.high - bca.high)).toBeLessThan(0.1);
});

describe('bootstrapInterval', () => {
  const left = [5.1, 4.8, 5.6, 5.0, 4.9, 5.4, 5.2, 5.7];
  const right = [4.1, 4.6, 4.4, 3.9, 4.5, 4.2];

  test('of two samples holds the difference of their means, and moves with it', () => {
    const { value, low, high } = bootstrapInterval([left, right], gapOf, { seed: 3 })!;
    expect(low).toBeGreaterThan(0.5);
    expect(low < value && value < high && high < 1.4).toBe(true);
    const moved = bootstrapInterval([left.map((x) => x + 8), right], gapOf, { seed: 3 })!;
    expect(moved.low).toBeCloseTo(low + 8, 9);
  });

  test('is the same for the same seed only', () => {
    const of = (seed: number) => bootstrapInterval([left], meanOf, { seed, resamples: 500 });
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
  });

  test('narrows with its confidence', () => {
    const width = (confidence: number) => {
      const { low, high } = bootstrapInterval([left], meanOf, { seed: 1, confidence })!;
      return high - low;
    };
    expect(width(0.5)).toBeLessThan(width(0.9));
    expect(width(0.9)).toBeLessThan(width(0.99));
  });

  test.each([
    ['no sample', []],
    ['one value', [[3]]],
    ['a sample of one value', [left, [3]]],
    ['no spread', [[2, 2, 2]]],
    ['values that are not finite', [[1, Number.NaN, 2]]],
    ['an infinite value', [[1, Number.POSITIVE_INFINITY, 2]]],
  ])('of %s is null', (_, samples) => {
    expect(bootstrapInterval(samples, meanOf, { seed: 1, resamples: 200 })).toBeNull();
  });

  test('covers the mean of skewed values nearly at its level', () => {
    const stream = randomStream(5, 'test/skewed');
    let [held, cases] = [0, 200];
    for (let seed = 0; seed < cases; seed++) {
      const values = Array.from({ length: 25 }, () => stream.exponential());
      const { low, high } = bootstrapInterval([values], meanOf, { seed, resamples: 500 })!;
      if (low <= 1 && 1 <= high) held++;
    }
    expect(held / cases).toBeGreaterThan(0.88);
    expect(held / cases).toBeLessThan(0.98);
  });
});
