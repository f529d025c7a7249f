import { expect, test } from 'vitest';
import { holdOut } from './holdOut.ts';

const labelsOf = (...counts: number[]) =>
  Uint16Array.from(counts.flatMap((count, label) => new Array<number>(count).fill(label)));

const countsOf = (labels: Uint16Array, places: Uint32Array, classes: number): number[] =>
  Array.from({ length: classes }, (_, k) => places.filter((at) => labels[at] === k).length);

test('holds a share of every class out, at least one and never all', () => {
  const labels = labelsOf(100, 10, 3, 2, 1);
  const { train, held } = holdOut({ labels }, ['a', 'b', 'c', 'd', 'e'], 0.2, 1);
  expect(countsOf(labels, held, 5)).toEqual([20, 2, 1, 1, 0]);
  expect(countsOf(labels, train, 5)).toEqual([80, 8, 2, 1, 1]);
  const all = [...train, ...held].sort((a, b) => a - b);
  expect(all).toEqual(Array.from(labels.keys()));
  expect([...train]).toEqual([...train].sort((a, b) => a - b));
});

test('is the same for the same seed, and drawn for each class by its name', () => {
  const labels = labelsOf(50, 50);
  const names = ['a', 'b'];
  expect(holdOut({ labels }, names, 0.2, 1)).toEqual(holdOut({ labels }, names, 0.2, 1));
  expect(holdOut({ labels }, names, 0.2, 1)).not.toEqual(holdOut({ labels }, names, 0.2, 2));
  const more = labelsOf(50, 50, 7);
  const kept = holdOut({ labels: more }, [...names, 'c'], 0.2, 1).held.filter(
    (place) => more[place] < 2,
  );
  expect(kept).toEqual(holdOut({ labels }, names, 0.2, 1).held);
});
