import { describe, expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { binomialProbability } from './beta.ts';
import { exactShare, wilsonShare } from './share.ts';

const { shares } = statisticsFixture('comparisons');

test.each(shares)(
  '%d of %d at %d agrees with statsmodels',
  (hits, count, confidence, ...bounds) => {
    const found = [wilsonShare, exactShare].map((interval) => interval(hits, count, confidence)!);
    expect(found.map(({ share }) => share)).toEqual([hits / count, hits / count]);
    for (const [i, bound] of found.flatMap(({ low, high }) => [low, high]).entries())
      expect(bound).toBeCloseTo(bounds[i], 10);
  },
);

test('no samples have no share', () => {
  expect([wilsonShare(0, 0), exactShare(0, 0)]).toEqual([null, null]);
});

describe.each([1, 2, 7, 30, 200])('of %d samples', (count) => {
  const places = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

  /** How often the interval holds the true share p. */
  function coverage(interval: typeof wilsonShare, p: number): number {
    let sum = 0;
    for (let hits = 0; hits <= count; hits++) {
      const { low, high } = interval(hits, count)!;
      if (low <= p && p <= high) sum += binomialProbability(hits, count, p);
    }
    return sum;
  }

  test('bounds hold the share and grow with the hits', () => {
    for (const interval of [wilsonShare, exactShare]) {
      const all = Array.from({ length: count + 1 }, (_, hits) => interval(hits, count)!);
      for (const { share, low, high } of all) {
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
      }
      for (let i = 1; i <= count; i++) {
        expect(all[i].low).toBeGreaterThan(all[i - 1].low);
        expect(all[i].high).toBeGreaterThan(all[i - 1].high);
      }
    }
  });

  test('the exact interval never covers less than its level', () => {
    for (const p of places) expect(coverage(exactShare, p)).toBeGreaterThanOrEqual(0.95 - 1e-9);
  });

  test('Wilson’s covers near its level on average', () => {
    const mean = places.reduce((sum, p) => sum + coverage(wilsonShare, p), 0) / places.length;
    expect(mean).toBeGreaterThan(0.94);
    expect(mean).toBeLessThan(0.98);
  });
});
