import { expect, test } from 'vitest';
import { Occupancy, type Span, type Taken } from './occupancy.ts';

/** Numbers from 0 to below `limit`, always the same. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

const meet = (a: Span, b: Span): boolean => a.first <= b.last && b.first <= a.last;

/** Tries every address. */
function lowestFreeSlowly(taken: Taken[], span: Span, size: number, start: number): number {
  const others = taken.filter((other) => meet(other, span));
  let at = start;
  while (others.some((other) => other.at < at + size && at < other.end)) at++;
  return at;
}

test.each([1, 2, 3, 4, 5, 6])(
  'places lie where trying every address puts them, story %i',
  (seed) => {
    const upTo = numbers(seed);
    const moments = 1 + upTo(40);
    const start = upTo(3);
    const occupancy = new Occupancy(moments);
    const taken: Taken[] = [];
    for (let count = 0; count < 120; count++) {
      const [a, b] = [upTo(moments), upTo(moments)];
      const span = { first: Math.min(a, b), last: Math.max(a, b) };
      const size = 1 + upTo(9);
      const at = occupancy.lowestFree(span, size, start);
      expect(at).toBe(lowestFreeSlowly(taken, span, size, start));
      taken.push({ ...span, at, end: at + size });
      occupancy.take(taken[count]);
    }
  },
);

test('memory taken in any order, with gaps, is told apart from what is free', () => {
  const upTo = numbers(7);
  const occupancy = new Occupancy(16);
  const taken: Taken[] = [];
  for (let count = 0; count < 40; count++) {
    const [first, at] = [upTo(16), upTo(100)];
    const one = { first, last: Math.min(15, first + upTo(6)), at, end: at + 1 + upTo(8) };
    occupancy.take(one);
    taken.push(one);
  }
  for (let first = 0; first < 16; first++) {
    for (const size of [1, 4, 20]) {
      const span = { first, last: Math.min(15, first + 2) };
      const slowly = lowestFreeSlowly(taken, span, size, 0);
      expect(occupancy.lowestFree(span, size, 0)).toBe(slowly);
    }
  }
});

test('a question and a change look at about the logarithm of the moments', () => {
  const moments = 4096;
  const upTo = numbers(8);
  const occupancy = new Occupancy(moments);
  let looks = 0;
  const watched = <Seen extends Span>(span: Seen): Seen =>
    new Proxy(span, {
      get(seen, key) {
        looks++;
        return Reflect.get(seen, key);
      },
    });
  for (let count = 0; count < 200; count++) {
    const [a, b] = [upTo(moments), upTo(moments)];
    const span = { first: Math.min(a, b), last: Math.max(a, b) };
    const at = occupancy.lowestFree(watched(span), 1, 0);
    occupancy.take(watched({ ...span, at, end: at + 1 }));
  }
  expect(looks / 400).toBeLessThan(20 * Math.log2(moments));
});
