import { expect, test } from 'vitest';
import { cosine, warmedUp } from './schedule.ts';

test('the rate falls along half a cosine from the base to nothing', () => {
  expect(cosine(0.2, 0, 1000)).toBe(0.2);
  expect(cosine(0.2, 250, 1000)).toBeCloseTo(0.1 * (1 + Math.SQRT1_2), 12);
  expect(cosine(0.2, 500, 1000)).toBeCloseTo(0.1, 12);
  expect(cosine(0.2, 1000, 1000)).toBe(0);
  const rates = Array.from({ length: 101 }, (_, step) => cosine(0.2, step, 100));
  expect(rates).toEqual([...rates].sort((a, b) => b - a));
});

test('a warm-up rises by equal steps to the base, and the cosine follows', () => {
  const rates = Array.from({ length: 10 }, (_, step) => warmedUp(0.4)(0.2, step, 10));
  expect(rates.slice(0, 4)).toEqual(
    [0.05, 0.1, 0.2 * 0.75, 0.2].map((rate) => expect.closeTo(rate, 12)),
  );
  expect(rates.slice(4)).toEqual([0, 1, 2, 3, 4, 5].map((step) => cosine(0.2, step, 6)));
  expect(warmedUp(0.99)(0.2, 3, 4)).toBe(0.2);
});

test('no warm-up is the cosine, to the bit', () => {
  for (let step = 0; step < 7; step++) expect(warmedUp(0)(0.3, step, 7)).toBe(cosine(0.3, step, 7));
});
