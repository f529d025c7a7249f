import { expect, test } from 'vitest';
import { root } from './root.ts';

test.each([
  ['a line', (x: number) => 3 * x - 1, 0, 1, 1 / 3],
  ['a cosine', Math.cos, 0, 3, Math.PI / 2],
  ['a steep power', (x: number) => x ** 9 - 1e-9, -1, 4, 0.1],
  ['a cliff', (x: number) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
  ['a flat place', (x: number) => (x - 2) ** 3, -5, 9, 2],
])('finds that of %s', (_, f, low, high, wanted) => {
  expect(root(f, low, high)).toBeCloseTo(wanted, 5);
  expect(root((x) => -f(x), high, low)).toBeCloseTo(wanted, 5);
});

test('an end may be it', () => {
  expect([root((x) => x, 0, 1), root((x) => x, -1, 0)]).toEqual([0, 0]);
});

test('ends of one sign are refused', () => {
  expect(() => root((x) => x * x + 1, -1, 1)).toThrow('same sign');
});

test('an infinite value at an end is a sign like any other', () => {
  expect(root((x) => Math.log(x), 0, 5)).toBeCloseTo(1, 12);
});
