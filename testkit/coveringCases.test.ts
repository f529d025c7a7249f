import { expect, test } from 'vitest';
import { coveringCases, pairsOf } from './coveringCases.ts';

const dimensions = { a: [1, 2, 3], b: ['x', 'y'], c: [[0], [1]], d: [true, false] };
const allPairs = 3 * 2 + 3 * 2 + 3 * 2 + 2 * 2 + 2 * 2 + 2 * 2;

const covered = (cases: object[]) => new Set(cases.flatMap(pairsOf)).size;

test('a few cases meet every pair of values', () => {
  expect(covered(coveringCases(dimensions, { seed: 1, count: 9 }))).toBe(allPairs);
});

test('the same seed picks the same cases, another one others', () => {
  const of = (seed: number) => coveringCases(dimensions, { seed, count: 5 });
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});

test('what is not allowed is not picked', () => {
  const allowed = ({ a, d }: { a: number; d: boolean }) => !(a === 1 && d);
  const cases = coveringCases(dimensions, { seed: 1, count: 12, allowed });
  expect(cases.every(allowed)).toBe(true);
  expect(covered(cases)).toBe(allPairs - 1);
});
