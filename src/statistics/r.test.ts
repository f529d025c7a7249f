import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pairedDifference, welchDifference } from './difference.ts';
import { holm } from './family.ts';
import { importance } from './importance.ts';
import { mcnemar } from './mcnemar.ts';
import { normalTail } from './normal.ts';
import { pairedPower, pairedSeeds } from './power.ts';
import { wilsonShare } from './share.ts';
import { studentCritical, studentTail } from './student.ts';

/** What R makes of a grid; `testkit/statistics/make_fixtures.R` says how each list is laid out. */
interface Grid {
  student: number[][];
  critical: number[][];
  normal: number[][];
  differences: {
    test: 'paired' | 'welch';
    left: number[];
    right: number[];
    freedom: number;
    halfWidth: number;
    probability: number;
  }[];
  holm: [number[], number[]][];
  powers: number[][];
  seeds: number[][];
  shares: number[][];
  mcnemar: number[][];
  etas: [number[], number[], number][];
}

const file = new URL('../../testkit/fixtures/statistics/r.json', import.meta.url);
const r: Grid = JSON.parse(readFileSync(file, 'utf8'));

/** Relative, so that a tail of 1e-280 has its digits too. */
function expectNear(found: number | null, expected: number, tolerance = 1e-11): void {
  expect(found).not.toBeNull();
  expect(Math.abs(found! - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected) + 1e-300);
}

test('Student’s tails and critical values are R’s, at t = 40 with 30 degrees too', () => {
  expect(r.student.some(([t, freedom]) => t === 40 && freedom === 30)).toBe(true);
  for (const [t, freedom, tail] of r.student) expectNear(studentTail(t, freedom), tail);
  for (const [alpha, freedom, t] of r.critical)
    expectNear(studentCritical(alpha, freedom), t, 1e-9);
});

test('the normal’s tails are R’s', () => {
  for (const [x, tail] of r.normal) expectNear(normalTail(x), tail);
});

describe.each(r.differences)('$test test of $left and $right', (one) => {
  test('is R’s t.test', () => {
    const difference = one.test === 'paired' ? pairedDifference : welchDifference;
    const found = difference(one.left, one.right);
    // Of values of 1e9 the differences keep seven digits.
    const tolerance = one.left[0] > 1e6 ? 1e-6 : 1e-9;
    expectNear(found.freedom, one.freedom, tolerance);
    expectNear(found.halfWidth, one.halfWidth, tolerance);
    expectNear(found.probability, one.probability, tolerance);
  });
});

test('Holm’s p-values are R’s', () => {
  for (const [probabilities, adjusted] of r.holm)
    holm(probabilities).forEach((found, place) => {
      expectNear(found, adjusted[place]);
    });
});

test('power and the fewest seeds are R’s', () => {
  for (const [difference, count, level, power] of r.powers)
    expectNear(pairedPower({ difference, deviation: 1, level }, count), power, 1e-8);
  for (const [difference, level, seeds] of r.seeds)
    expect(pairedSeeds({ difference, deviation: 1, level })).toBe(seeds);
});

test('Wilson’s intervals are R’s', () => {
  for (const [hits, count, low, high] of r.shares) {
    const found = wilsonShare(hits, count)!;
    expect(found.low).toBeCloseTo(low, 12);
    expect(found.high).toBeCloseTo(high, 12);
  }
});

test('McNemar’s exact p is R’s binomial test', () => {
  for (const [onlyLeft, onlyRight, exact] of r.mcnemar) {
    const labels = Array<number>(onlyLeft + onlyRight).fill(0);
    const left = labels.map((_, i) => (i < onlyLeft ? 0 : 1));
    const right = labels.map((_, i) => (i < onlyLeft ? 1 : 0));
    expectNear(mcnemar(left, right, labels).exact, exact);
  }
});

test('the variance explained is that of R’s aov', () => {
  for (const [values, levels, eta] of r.etas)
    expect(importance(values, levels)!.explained).toBeCloseTo(eta, 12);
});
