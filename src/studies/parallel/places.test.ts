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

/** Images that take long. */
const many = 1e6;

/** Speeds by the number of runs, one after another; which of them were asked for. */
function speeds(known: Record<number, number | number[]>) {
  const asked: number[] = [];
  const speedOf = async (places: number) => {
    const found = [known[places]].flat();
    asked.push(places);
    return found[Math.min(asked.filter((one) => one === places).length, found.length) - 1];
  };
  return { asked, speedOf };
}

it('takes the fastest, and tries no more once it gets slower', async () => {
  const { asked, speedOf } = speeds({ 1: 100, 2: 150, 4: 180, 8: 155, 16: 900 });
  const { places, gain } = await choosePlaces([1, 2, 4, 8, 16], many, speedOf);
  expect(places).toBe(4);
  expect(gain).toBeCloseTo(1.8, 10);
  expect(asked).toEqual([1, 2, 1, 4, 2, 8, 4]);
});

it('stays with one where more gain next to nothing, or nobody can tell', async () => {
  expect((await choosePlaces([1, 2], many, speeds({ 1: 100, 2: 104 }).speedOf)).places).toBe(1);
  expect((await choosePlaces([1, 2], many, speeds({ 1: 100, 2: Number.NaN }).speedOf)).places).toBe(
    1,
  );
});

it('does not take for a gain that the machine becomes faster meanwhile', async () => {
  const drifting = speeds({ 1: [100, 140], 2: 120 });
  expect(await choosePlaces([1, 2], many, drifting.speedOf)).toEqual({ places: 1, gain: 1 });
});

it('measures nothing where there is no choice', async () => {
  const { asked, speedOf } = speeds({ 1: 100 });
  expect(await choosePlaces([1], many, speedOf)).toEqual({ places: 1, gain: null });
  expect(asked).toEqual([]);
});

it('compares nothing where all are trained within two minutes', async () => {
  const { asked, speedOf } = speeds({ 1: 100, 2: 200 });
  expect(await choosePlaces([1, 2], 11_900, speedOf)).toEqual({
    places: 1,
    gain: null,
    seconds: 119,
  });
  expect(asked).toEqual([1]);
  expect((await choosePlaces([1, 2], 12_000, speedOf)).places).toBe(2);
});

it('compares nothing where a run is over before its speed is known', async () => {
  const { asked, speedOf } = speeds({ 1: Number.NaN, 2: 200 });
  expect(await choosePlaces([1, 2], many, speedOf)).toEqual({ places: 1, gain: null });
  expect(asked).toEqual([1]);
});
