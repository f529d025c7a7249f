import { expect, it, test } from 'vitest';
import { candidatesOf, choosePlaces } from './places.ts';

test.each([
  [1, 9, [1]],
  [2, 9, [1, 2]],
  [5, 9, [1, 2, 5]],
  [6, 9, [1, 2, 3, 6]],
  [8, 9, [1, 2, 4, 8]],
  [12, 9, [1, 2, 4, 6]],
  [8, 3, [1, 2]],
])('of %i threads and %i runs at most tries %j at once', (threads, most, expected) => {
  expect(candidatesOf(threads, most)).toEqual(expected);
});

/** Speeds by the number of runs; which of them were asked for. */
function speeds(known: Record<number, number>) {
  const asked: number[] = [];
  const speedOf = async (places: number) => {
    asked.push(places);
    return known[places];
  };
  return { asked, speedOf };
}

it('takes the fastest, and tries no more once it gets slower', async () => {
  const { asked, speedOf } = speeds({ 1: 100, 2: 150, 4: 160, 8: 155, 16: 900 });
  expect(await choosePlaces([1, 2, 4, 8, 16], speedOf)).toEqual({ places: 4, gain: 1.6 });
  expect(asked).toEqual([1, 2, 4, 8]);
});

it('stays with one where more gain next to nothing, or nobody can tell', async () => {
  expect((await choosePlaces([1, 2], speeds({ 1: 100, 2: 101 }).speedOf)).places).toBe(1);
  expect((await choosePlaces([1, 2], speeds({ 1: 100, 2: Number.NaN }).speedOf)).places).toBe(1);
});

it('measures nothing where there is no choice', async () => {
  const { asked, speedOf } = speeds({ 1: 100 });
  expect(await choosePlaces([1], speedOf)).toEqual({ places: 1, gain: null });
  expect(asked).toEqual([]);
});
