import { describe, expect, test } from 'vitest';
import { assertDistribution } from '../../testkit/distribution.ts';
import { symmetricBeta } from './beta.ts';
import { randomStream } from './stream.ts';

const count = 50_000;

function draw(alpha: number): Float64Array {
  const stream = randomStream(1, `test/beta/${alpha}`);
  return Float64Array.from({ length: count }, () => symmetricBeta(stream, alpha));
}

describe('symmetricBeta', () => {
  test('with α = 1 is uniform', () => {
    assertDistribution(draw(1), (x) => x);
  });

  test('with α = 1/2 is the arcsine distribution', () => {
    assertDistribution(draw(0.5), (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)));
  });

  test('with α = 2 has the density 6 x (1 − x)', () => {
    assertDistribution(draw(2), (x) => x ** 2 * (3 - 2 * x));
  });

  test.each([Number.MIN_VALUE, 1e-310])('with α = %d is a coin', (alpha) => {
    const draws = draw(alpha).subarray(0, 400);
    const ones = draws.filter((x) => x === 1).length;
    expect(ones + draws.filter((x) => x === 0).length).toBe(400);
    expect(Math.abs(ones - 200)).toBeLessThan(40);
  });

  test.each([0.001, 0.1, 0.2, 1, 3, 40])('with α = %d has mean 1/2 and its variance', (alpha) => {
    const samples = draw(alpha);
    expect(samples.every((x) => x >= 0 && x <= 1)).toBe(true);
    const variance = 1 / (4 * (2 * alpha + 1));
    const mean = samples.reduce((sum, x) => sum + x, 0) / count;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(variance / count));
    const found = samples.reduce((sum, x) => sum + (x - 0.5) ** 2, 0) / count;
    expect(Math.abs(found / variance - 1)).toBeLessThan(0.03);
  });
});
