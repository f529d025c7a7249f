import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { normalQuantile, normalTail } from './normal.ts';
import { studentCritical, studentCumulative, studentQuantile, studentTail } from './student.ts';

const { student } = statisticsFixture('distributions');

describe('studentTail', () => {
  test('agrees with 50 digits from 1 to a million degrees of freedom, down to 1e-300', () => {
    expect(student.length).toBeGreaterThan(150);
    expect(Math.min(...student.map(([, , tail]) => tail))).toBeLessThan(1e-280);
    assertClose(
      student.map(([t, freedom]) => studentTail(t, freedom)),
      student.map(([, , tail]) => tail),
      { relative: 1e-12 },
    );
  });

  test('t = 40 with 30 degrees of freedom has its digits', () => {
    expect(studentTail(40, 30) / 1.3726045194406403e-27).toBeCloseTo(1, 12);
  });

  test('of one degree of freedom is Cauchy’s, however far out', () => {
    for (const t of [1e3, 1e10, 1e150, 1e200, 1e300])
      expect((studentTail(t, 1) * Math.PI * t) / 2).toBeCloseTo(1, 5);
  });

  test('is the same for −t, 1 at 0, 0 at ±∞ and NaN for NaN', () => {
    expect(studentTail(-2, 3)).toBe(studentTail(2, 3));
    expect(
      [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((t) => studentTail(t, 2)),
    ).toEqual([1, 0, 0]);
    expect(studentTail(Number.NaN, 2)).toBeNaN();
  });

  test('never grows with t, and passes to the normal tail as freedom grows', () => {
    for (const freedom of [0.5, 1, 2.5, 30, 1e6]) {
      const tails = Array.from({ length: 400 }, (_, i) => studentTail(i / 10, freedom));
      for (let i = 1; i < tails.length; i++) expect(tails[i]).toBeLessThanOrEqual(tails[i - 1]);
    }
    expect(studentTail(3, Number.POSITIVE_INFINITY)).toBe(2 * normalTail(3));
    expect(studentTail(3, 1e12) / (2 * normalTail(3))).toBeCloseTo(1, 9);
  });
});

test('studentCumulative of −t and t are half the tail and the rest', () => {
  expect(studentCumulative(-2, 5)).toBe(studentTail(2, 5) / 2);
  expect(studentCumulative(2, 5)).toBe(1 - studentTail(2, 5) / 2);
  expect(studentCumulative(0, 5)).toBe(0.5);
});

describe('studentCritical', () => {
  test('undoes the tail over the whole grid', () => {
    const inner = student.filter(([, , tail]) => tail < 0.9);
    assertClose(
      inner.map(([, freedom, tail]) => studentCritical(tail, freedom)),
      inner.map(([t]) => t),
      { relative: 1e-12 },
    );
  });

  test('is ∞ for a tail of 0, 0 for one of 1, the normal quantile for endless freedom', () => {
    expect([0, 1].map((tail) => studentCritical(tail, 3))).toEqual([Number.POSITIVE_INFINITY, 0]);
    expect(studentCritical(0.05, Number.POSITIVE_INFINITY)).toBeCloseTo(-normalQuantile(0.025), 12);
  });
});

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

  test('lies between its neighbours for a broken number of degrees of freedom', () => {
    const [two, between, three] = [2, 2.5, 3].map((freedom) => studentQuantile(0.95, freedom));
    expect(between).toBeLessThan(two);
    expect(between).toBeGreaterThan(three);
  });
});
