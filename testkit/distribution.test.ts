import { describe, expect, test } from 'vitest';
import { assertDistribution, assertEvenCounts, assertUncorrelated } from './distribution.ts';

const grid = Float64Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
const uniform = (x: number) => x;

describe('assertDistribution', () => {
  test('accepts an even grid as uniform', () => {
    assertDistribution(grid, uniform);
  });

  test.each([
    ['bent samples', grid.map((x) => x ** 1.5)],
    ['shifted samples', grid.map((x) => Math.min(1, x + 0.07))],
    ['samples short of one end', grid.map((x) => 0.9 * x)],
    ['samples short of the other', grid.map((x) => 0.1 + 0.9 * x)],
    ['NaN', grid.with(0, Number.NaN)],
    ['no samples', grid.slice(0, 0)],
  ])('refuses %s', (_, samples) => {
    expect(() => assertDistribution(samples, uniform)).toThrow(/distribution/);
  });
});

test('assertEvenCounts refuses a loaded die, NaN and no counts', () => {
  assertEvenCounts([99, 101, 100, 104, 96, 100]);
  for (const counts of [[100, 100, 100, 100, 100, 200], [1, Number.NaN], []])
    expect(() => assertEvenCounts(counts)).toThrow(/counts/);
});

test('assertUncorrelated refuses related lists, constants and unequal lengths', () => {
  const wave = grid.map((x) => Math.sin(40 * Math.PI * x));
  const other = grid.map((x) => Math.cos(40 * Math.PI * x));
  assertUncorrelated(wave, other);
  const bad = [wave, other.map((x, i) => x + 0.2 * wave[i]), wave.map(() => 1), other.slice(1)];
  for (const list of bad) expect(() => assertUncorrelated(wave, list)).toThrow(/correlation/);
});
