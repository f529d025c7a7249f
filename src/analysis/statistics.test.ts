import { describe, expect, test } from 'vitest';
import { estimate, studentQuantile } from './statistics.ts';

describe('studentQuantile', () => {
  test.each([
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 3, 3.182],
    [0.95, 4, 2.776],
    [0.95, 9, 2.262],
    [0.99, 10, 3.169],
    [0.9, 29, 1.699],
    [0.95, 1000, 1.962],
  ])('%f with %i degrees of freedom is %f, as in printed tables', (confidence, freedom, t) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(t, 3);
  });
});

describe('estimate', () => {
  test('three seeds of Table 1: 2.95 ± deviation 0.056', () => {
    const { count, mean, deviation, halfWidth } = estimate([2.89, 3.0, 2.95]);
    expect(count).toBe(3);
    expect(mean).toBeCloseTo(2.9467, 4);
    expect(deviation).toBeCloseTo(0.0551, 4);
    expect(halfWidth).toBeCloseTo((4.3027 * 0.0551) / Math.sqrt(3), 3);
  });

  test('one value has no deviation', () => {
    expect(estimate([7])).toEqual({ count: 1, mean: 7, deviation: null, halfWidth: null });
  });
});
