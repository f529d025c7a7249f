import { describe, expect, test } from 'vitest';
import { estimate } from './estimate.ts';

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

  test('values without spread, and infinite ones, have no interval', () => {
    expect(estimate([2, 2])).toEqual({ count: 2, mean: 2, deviation: 0, halfWidth: null });
    expect(estimate([0.1, 0.1, 0.1]).halfWidth).toBeNull();
    expect(estimate([0, 0]).halfWidth).toBeNull();
    expect(estimate([1, Number.POSITIVE_INFINITY])).toMatchObject({
      ...{ deviation: null, halfWidth: null },
    });
  });
});
