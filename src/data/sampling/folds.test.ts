import { describe, expect, test } from 'vitest';
import { randomStream } from '../../random/index.ts';
import { classSizes } from './classSizes.ts';
import type { Division } from './division.ts';
import { groupedFolds, stratifiedFolds } from './folds.ts';

const labels = Array.from({ length: 103 }, (_, i) => (i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2));
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
const countsOf = (divisions: Division[], own: readonly number[]) =>
  divisions.map(({ held }) =>
    classSizes(
      [...held].map((sample) => own[sample]),
      3,
    ),
  );

function expectCover(divisions: readonly Division[], count: number): void {
  const held = divisions.flatMap((division) => [...division.held]).sort((a, b) => a - b);
  expect(held).toEqual(Array.from({ length: count }, (_, sample) => sample));
  for (const division of divisions) {
    const both = [...division.train, ...division.held].sort((a, b) => a - b);
    expect(both).toEqual(held);
  }
}

describe('stratifiedFolds', () => {
  test.each([2, 3, 5, 10, 103])(
    '%d folds hold every sample once, classes and sizes even',
    (folds) => {
      const divisions = stratifiedFolds(labels, 3, { folds, seed: 1 });
      expect(divisions.length).toBe(folds);
      expectCover(divisions, 103);
      expect(spread(divisions.map(({ held }) => held.length))).toBeLessThanOrEqual(1);
      const counts = countsOf(divisions, labels);
      for (const k of [0, 1, 2]) expect(spread(counts.map((own) => own[k]))).toBeLessThanOrEqual(1);
    },
  );

  test('seed and repetition decide which', () => {
    const of = (seed: number, repetition?: number) =>
      stratifiedFolds(labels, 3, { folds: 5, seed, repetition });
    expect(of(1)).toEqual(of(1, 0));
    expect(of(1, 1)).not.toEqual(of(1, 0));
    expect(of(2)).not.toEqual(of(1));
  });

  test.each([1, 2.5, 104])('%d folds of 103 samples are refused', (folds) => {
    expect(() => stratifiedFolds(labels, 3, { folds, seed: 1 })).toThrow(`folds ${folds}: must be`);
  });
});

describe('groupedFolds', () => {
  /** Groups of one to nine samples. */
  const stream = randomStream(1, 'test/groups');
  const groups = Array.from({ length: 120 }, (_, g) =>
    Array<string>(1 + stream.integer(9)).fill(`speaker ${g}`),
  ).flat();
  const own = groups.map((_, i) => (i % 7 < 4 ? 0 : i % 7 < 6 ? 1 : 2));

  test.each([2, 5, 10])('%d folds: no group in two, sizes and classes near even', (folds) => {
    const divisions = groupedFolds(own, 3, groups, { folds, seed: 1 });
    expectCover(divisions, groups.length);
    for (const { train, held } of divisions) {
      const outside = new Set([...train].map((sample) => groups[sample]));
      for (const sample of held) expect(outside.has(groups[sample])).toBe(false);
    }
    expect(spread(divisions.map(({ held }) => held.length))).toBeLessThanOrEqual(4);
    const counts = countsOf(divisions, own);
    for (const k of [0, 1, 2]) expect(spread(counts.map((c) => c[k]))).toBeLessThanOrEqual(8);
  });

  test('as many folds as groups leave none empty', () => {
    const divisions = groupedFolds([0, 0, 0, 1, 1, 2], 3, [5, 5, 5, 6, 6, 7], {
      folds: 3,
      seed: 1,
    });
    expect(divisions.map(({ held }) => held.length).sort()).toEqual([1, 2, 3]);
  });

  test('groups that are one class each are dealt class by class', () => {
    const oneClass = [0, 0, 0, 0, 1, 1, 1, 1];
    const divisions = groupedFolds(oneClass, 3, [1, 1, 2, 2, 3, 3, 4, 4], { folds: 2, seed: 1 });
    expect(countsOf(divisions, oneClass)).toEqual([
      [2, 2, 0],
      [2, 2, 0],
    ]);
  });

  test('a group is the same by number or by name, the repetition decides which fold', () => {
    const numbers = groups.map((name) => Number(name.split(' ')[1]));
    const of = (by: ArrayLike<number | string>, repetition = 0) =>
      groupedFolds(own, 3, by, { folds: 5, seed: 1, repetition });
    expect(of(numbers)).toEqual(of(groups));
    expect(of(groups, 1)).not.toEqual(of(groups));
  });

  test('fewer groups than folds are refused', () => {
    expect(() => groupedFolds([0, 1], 2, [3, 3], { folds: 2, seed: 1 })).toThrow(
      'from 2 to the 1 groups',
    );
  });
});
