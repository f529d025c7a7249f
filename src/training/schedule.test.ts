import { expect, test } from 'vitest';
import { cosine } from './schedule.ts';

test('the rate falls along half a cosine from the base to nothing', () => {
  expect(cosine(0.2, 0, 1000)).toBe(0.2);
  expect(cosine(0.2, 250, 1000)).toBeCloseTo(0.1 * (1 + Math.SQRT1_2), 12);
  expect(cosine(0.2, 500, 1000)).toBeCloseTo(0.1, 12);
  expect(cosine(0.2, 1000, 1000)).toBe(0);
  const rates = Array.from({ length: 101 }, (_, step) => cosine(0.2, step, 100));
  expect(rates).toEqual([...rates].sort((a, b) => b - a));
});
