import { describe, expect, test } from 'vitest';
import { classWeights } from './classWeights.ts';

const weighted = (counts: number[], weights: number[]) =>
  counts.map((count, k) => count * weights[k]);

describe('classWeights', () => {
  const counts = [200, 50, 10, 0];

  test('inverse: every class has the same share of the loss', () => {
    const shares = weighted(counts, classWeights(counts, 'inverse'));
    for (const share of shares.slice(0, 3)) expect(share).toBeCloseTo(260 / 3, 9);
    expect(shares[3]).toBe(0);
  });

  test('effective: by eq. 4 of Cui et al. with β = 0.99', () => {
    const weights = classWeights(counts, 'effective', 100);
    const raw = [200, 50, 10].map((n) => 0.01 / (1 - 0.99 ** n));
    for (const k of [1, 2]) expect(weights[k] / weights[0]).toBeCloseTo(raw[k] / raw[0], 9);
  });

  test('effective lies between none and inverse, and grows towards it with the volume', () => {
    const ratio = (volume?: number) => {
      const weights = classWeights(counts, 'effective', volume);
      return weights[2] / weights[0];
    };
    expect(ratio(1)).toBe(1);
    expect(ratio(10)).toBeLessThan(ratio());
    expect(ratio()).toBeLessThan(20);
    expect(ratio(1e12)).toBeCloseTo(20, 3);
  });

  test.each([[[5, 5]], [[1000, 1]], [[3, 0, 9]], [[1]]])('of %j weigh 1 in the mean', (own) => {
    for (const weighting of ['inverse', 'effective'] as const) {
      const total = weighted(own, classWeights(own, weighting)).reduce((sum, w) => sum + w, 0);
      expect(total).toBeCloseTo(
        own.reduce((sum, n) => sum + n, 0),
        9,
      );
    }
  });

  test('of no samples are 0', () => {
    expect(classWeights([0, 0], 'inverse')).toEqual([0, 0]);
    expect(classWeights([], 'effective')).toEqual([]);
  });
});
