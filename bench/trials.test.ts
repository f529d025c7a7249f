import { describe, expect, test } from 'vitest';
import { randomStream } from '../src/random/index.ts';
import { resampledErrors, type SeedLaw, seedErrors, simulate } from './trials.ts';

/** Mean and root mean square of errors in their models' deviations. */
function moments(law: SeedLaw, count = 40_000): [number, number] {
  const stream = randomStream(1, 'test/errors');
  const drawn = Array.from({ length: count }, () => {
    const { deviation, draw } = law(stream);
    return draw(stream) / deviation;
  });
  const mean = drawn.reduce((sum, x) => sum + x, 0) / count;
  return [mean, Math.sqrt(drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count)];
}

test.each(Object.entries(seedErrors))('%s errors have mean 0 and deviation 1', (_, error) => {
  const [mean, deviation] = moments(error);
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(deviation - 1)).toBeLessThan(0.1);
});

test('errors of real runs are drawn about their model’s mean, with the spread of a real model', () => {
  const law = resampledErrors([
    [10, 12, 11],
    [90, 95],
    [7, 7, 7],
  ]);
  const [mean, deviation] = moments(law);
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(deviation - 1)).toBeLessThan(0.03);
  const stream = randomStream(1, 'test/spreads');
  const spreads = new Set(Array.from({ length: 50 }, () => law(stream).deviation.toFixed(6)));
  expect([...spreads].sort()).toEqual(['1.000000', (5 / Math.SQRT2).toFixed(6)]);
});

describe.each(['paired', 'welch'] as const)('%s tests of normal errors', (kind) => {
  const setting = { law: seedErrors.normal, test: kind, models: 4, seeds: 5, gap: 2, seed: 1 };
  const rates = simulate({ ...setting, families: 1000 });
  const within = (share: number) => 3 * Math.sqrt((share * (1 - share)) / 1000);

  test('are wrong in at most one family of twenty', () => {
    expect(rates.falseVerdicts).toBeLessThan(0.05 + within(0.05));
    expect(rates.falseVerdicts).toBeGreaterThan(0.01);
  });

  test('cover at their level, one by one and together', () => {
    expect(Math.abs(rates.covered - 0.95)).toBeLessThan(within(0.95));
    expect(rates.coveredTogether).toBeGreaterThan(0.95 - within(0.95));
  });

  test('find a gap as often as expected, and less often in a family', () => {
    expect(Math.abs(rates.found - rates.expected)).toBeLessThan(within(0.5));
    expect(rates.foundInFamily).toBeLessThan(rates.found);
    expect(rates.foundInFamily).toBeGreaterThan(0.1);
  });
});
