import { expect, test } from 'vitest';
import { holdOut } from './holdOut.ts';

const filesOf = (...counts: number[]) =>
  counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, i) => ({ path: `${label}/${i}`, label })),
  );

const countsOf = (files: { label: number }[], classes: number): number[] =>
  Array.from({ length: classes }, (_, k) => files.filter(({ label }) => label === k).length);

test('holds a share of every class out, at least one and never all', () => {
  const files = filesOf(100, 10, 3, 2, 1);
  const { train, test: held } = holdOut(files, ['a', 'b', 'c', 'd', 'e'], 0.2, 1);
  expect(countsOf(held, 5)).toEqual([20, 2, 1, 1, 0]);
  expect(countsOf(train, 5)).toEqual([80, 8, 2, 1, 1]);
  expect([...train, ...held].sort((a, b) => files.indexOf(a) - files.indexOf(b))).toEqual(files);
});

test('is the same for the same seed, and drawn for each class by its name', () => {
  const files = filesOf(50, 50);
  const names = ['a', 'b'];
  expect(holdOut(files, names, 0.2, 1)).toEqual(holdOut(files, names, 0.2, 1));
  expect(holdOut(files, names, 0.2, 1)).not.toEqual(holdOut(files, names, 0.2, 2));
  const more = filesOf(50, 50, 7);
  const kept = holdOut(more, [...names, 'c'], 0.2, 1).test.filter(({ label }) => label < 2);
  expect(kept).toEqual(holdOut(files, names, 0.2, 1).test);
});
