import { expect, test } from 'vitest';
import { randomStream } from '../random/index.ts';
import { importance } from './importance.ts';

const factors = (count: number, of: (place: number) => number): number[] =>
  Array.from({ length: count }, (_, place) => of(place));

/** A grid of 3 × 4 with two repetitions: the first factor moves the value by 6, the second by 1. */
const first = factors(24, (i) => i % 3);
const second = factors(24, (i) => Math.floor(i / 3) % 4);
const values = first.map((level, i) => 6 * level + second[i] + (i < 12 ? 0.1 : -0.1));

test('the shares of a full grid without interactions, with what is left, are the whole variance', () => {
  const [a, b] = [importance(values, first)!, importance(values, second)!];
  // Between levels: 24 · 36 · 2/3 = 576 and 24 · 1.25 = 30; within all: 24 · 0.01.
  const total = 576 + 30 + 0.24;
  expect(a.explained).toBeCloseTo(576 / total, 10);
  expect(b.explained).toBeCloseTo(30 / total, 10);
  expect(a.corrected).toBeCloseTo((576 - (2 * 30.24) / 21) / total, 10);
  expect(b.corrected).toBe(0);
  expect(a.probability).toBe(1 / 2000);
  expect(b.probability).toBeGreaterThan(0.5);
});

test('as scipy’s f_oneway: F of the same sums of squares', () => {
  // scipy.stats.f_oneway([1, 2, 4], [2, 5, 9], [7, 7, 8]): F = 3.8
  const own = [1, 2, 4, 2, 5, 9, 7, 7, 8];
  const { explained } = importance(own, [0, 0, 0, 1, 1, 1, 2, 2, 2])!;
  expect(explained / 2 / ((1 - explained) / 6)).toBeCloseTo(3.8, 12);
});

test('a factor that does nothing explains as much as chance lets it', () => {
  const { explained, corrected, probability } = importance(
    [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8],
    factors(12, (i) => i % 2),
  )!;
  expect(explained).toBeLessThan(0.1);
  expect(corrected).toBe(0);
  expect(probability).toBeGreaterThan(0.3);
});

test('levels of one value each have no correction, and nothing can be told', () => {
  const alone = importance([1, 5, 2], [0, 1, 2])!;
  expect(alone).toEqual({ explained: 1, corrected: null, probability: 1 });
});

test('there is none without variance, or without a second level', () => {
  expect(importance([4, 4, 4, 4], [0, 0, 1, 1])).toBeNull();
  expect(importance([1, 2, 3], [5, 5, 5])).toBeNull();
  expect(importance([], [])).toBeNull();
});

test('units are relabelled together, and counted once', () => {
  const own = [3, 3.2, 5, 5.1, 4, 4.4, 7, 7.3, 4.5, 4.6, 6, 6.5];
  const levels = factors(12, (i) => Math.floor(i / 6));
  const pairs = factors(12, (i) => Math.floor(i / 2));
  const found = importance(own, levels, pairs)!;
  // statsmodels' anova_lm of the six means, and all 720 orders of their levels: 0.2.
  expect(found.explained).toBeCloseTo(0.4855240749342007, 12);
  expect(found.corrected).toBeCloseTo(0.36015637095525666, 12);
  expect(found.probability).toBeCloseTo(0.2, 1);
  expect(importance(own, levels)!.probability).toBeLessThan(0.05);
});

test('a factor that does nothing is seldom found, though units have repetitions', () => {
  const stream = randomStream(2, 'importance test');
  const times = 100;
  const found = Array.from({ length: times }, () => {
    const units = factors(36, (i) => Math.floor(i / 3));
    const centres = factors(12, () => stream.uniform());
    const levels = factors(12, () => stream.integer(3));
    const own = units.map((unit) => centres[unit] + 0.1 * stream.uniform());
    const ofUnits = units.map((unit) => levels[unit]);
    return importance(own, ofUnits, units)?.probability ?? 1;
  });
  expect(found.filter((p) => p <= 0.05).length / times).toBeLessThan(0.1);
});
