import { describe, expect, test } from 'vitest';
import { assertDistribution } from '../../testkit/distribution.ts';
import { randomStream } from '../random/index.ts';
import { fillFromSimplex } from './simplex.ts';

const samples = 20_000;

/** A list of draws for each branch. */
function draw(branches: number, strength = 1): Float64Array[] {
  const out = new Float32Array(branches * samples);
  fillFromSimplex(randomStream(1, 'simplex'), { branches, samples, strength }, out);
  return Array.from({ length: branches }, (_, branch) =>
    Float64Array.from(out.subarray(branch * samples, (branch + 1) * samples)),
  );
}

const average = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Around the known mean 1/N. */
function covariance(left: Float64Array, right: Float64Array, branches: number): number {
  return average(left.map((x, i) => (x - 1 / branches) * (right[i] - 1 / branches)));
}

const cases = [1, 2, 3, 5].flatMap((branches) =>
  [1, 0.5, 0.1].map((strength) => ({ branches, strength })),
);

describe.each(cases)('$branches branches at strength $strength', ({ branches, strength }) => {
  const lists = draw(branches, strength);
  const variance = (strength ** 2 * (branches - 1)) / (branches ** 2 * (branches + 1));

  test('coefficients of a sample add up to 1 and lie around 1/N within the strength', () => {
    const low = (1 - strength) / branches;
    const sums = lists[0].map((_, i) => lists.reduce((sum, list) => sum + list[i], 0));
    expect(sums.every((sum) => Math.abs(sum - 1) < 3e-7)).toBe(true);
    for (const list of lists)
      expect(list.every((x) => x > low - 1e-7 && x < low + strength + 1e-7)).toBe(true);
  });

  test('mean is 1/N', () => {
    for (const list of lists) {
      const error = Math.abs(average(list) - 1 / branches);
      expect(error).toBeLessThan(4 * Math.sqrt(variance / samples) + 1e-7);
    }
  });

  test('variance is s² (N − 1) / (N² (N + 1))', () => {
    for (const list of lists)
      expect(Math.abs(covariance(list, list, branches) - variance)).toBeLessThan(
        0.05 * variance + 1e-12,
      );
  });

  test.runIf(branches > 1)('covariance of two branches is −variance / (N − 1)', () => {
    const expected = -variance / (branches - 1);
    const actual = covariance(lists[0], lists[1], branches);
    expect(Math.abs(actual - expected)).toBeLessThan(0.05 * variance);
  });

  test.runIf(branches > 1)('each is Beta(1, N − 1), scaled: with two branches uniform', () => {
    for (const list of lists) {
      const full = list.map((x) => (x - 1 / branches) / strength + 1 / branches);
      assertDistribution(full, (x) => 1 - (1 - Math.min(1, Math.max(0, x))) ** (branches - 1));
    }
  });
});

test('normalised uniforms, often mistaken for this, would fail', () => {
  const stream = randomStream(1, 'mistake');
  const mistaken = Float64Array.from({ length: samples }, () => {
    const first = stream.uniform();
    return first / (first + stream.uniform());
  });
  expect(() => assertDistribution(mistaken, (x) => x)).toThrow(/distribution/);
});
