import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import {
  betaCumulative,
  betaQuantile,
  binomialCumulative,
  binomialProbability,
  stirlingError,
} from './beta.ts';

const { beta } = statisticsFixture('distributions');

test('the incomplete beta function agrees with 50 digits', () => {
  assertClose(
    beta.map(([a, b, x]) => betaCumulative(a, b, x)),
    beta.map(([, , , value]) => value),
    { relative: 1e-12 },
  );
});

test('its quantile undoes it, and is 0 and 1 at the ends', () => {
  for (const [a, b, x, value] of beta)
    if (value > 1e-12 && value < 0.999) expect(betaQuantile(a, b, value) / x).toBeCloseTo(1, 9);
  expect([0, 1].map((p) => betaQuantile(2, 3, p))).toEqual([0, 1]);
  expect([0, 1].map((x) => betaCumulative(2, 3, x))).toEqual([0, 1]);
});

test('Stirling’s error makes the factorials', () => {
  let factorial = 1;
  for (let x = 1; x <= 20; factorial *= x++) {
    const logarithm = (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + stirlingError(x);
    expect(Math.exp(logarithm) / factorial).toBeCloseTo(1, 12);
  }
});

describe('the binomial distribution', () => {
  test('of ten trials is counted out', () => {
    const chances = [1, 10, 45, 120, 210, 252].map((ways) => ways / 1024);
    assertClose(
      chances.map((_, k) => binomialProbability(k, 10, 0.5)),
      chances,
      { relative: 1e-13 },
    );
  });

  test.each([
    [7, 0.3],
    [400, 0.01],
    [1000, 0.5],
  ])('of %d trials at %d sums to its cumulative function and to 1', (n, p) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      sum += binomialProbability(k, n, p);
      if (sum > 1e-12) expect(binomialCumulative(k, n, p) / sum).toBeCloseTo(1, 10);
    }
    expect(sum + binomialProbability(n, n, p)).toBeCloseTo(1, 12);
    expect(binomialCumulative(n, n, p)).toBe(1);
  });
});
