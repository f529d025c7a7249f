import { expect, test } from 'vitest';
import { blob, embeddingOf } from '../../testkit/clouds.ts';
import { margin } from './margin.ts';

/** 101 points from −1 to 1 around x, so that 90 % lie strictly within ±0.9. */
const segment = (x: number, y = 0) => Array.from({ length: 101 }, (_, i) => [x - 1 + 0.02 * i, y]);

test('segments 10 apart: borders at ±0.9, a gap of 8.2 in a span of 11.8', () => {
  const { perClass, neighbour, mean, minimum } = margin(embeddingOf([segment(0), segment(10)]));
  for (const value of [...perClass, mean, minimum]) expect(value).toBeCloseTo(8.2 / 11.8, 5);
  expect(neighbour).toEqual([1, 0]);
});

test('the neighbour is the class with the smallest gap', () => {
  const { perClass, neighbour, minimum } = margin(
    embeddingOf([segment(0), segment(10), segment(13.6)]),
  );
  expect(neighbour).toEqual([1, 2, 1]);
  expect(perClass[1]).toBeCloseTo(1.8 / 5.4, 5);
  expect(minimum).toBeCloseTo(1.8 / 5.4, 5);
});

test('overlapping Gaussians 2 deviations apart', () => {
  const { mean } = margin(embeddingOf([blob(0, 0, 1, 5000), blob(2, 0, 1, 5000)]));
  expect(mean).toBeCloseTo((2 - 2 * 1.645) / (2 + 2 * 1.645), 2);
});

test('collapsed classes: no less than −1, however near their centres', () => {
  const { mean } = margin(embeddingOf([blob(0, 0, 1), blob(1e-3, 0, 1)]));
  expect(mean).toBeGreaterThanOrEqual(-1);
  expect(mean).toBeLessThan(-0.99);
});

test('point classes: 1; in any dimension', () => {
  const { perClass } = margin(embeddingOf([[[0, 0, 0]], [[0, 0, 1]], [[1, 0, 0]]], 3));
  expect(perClass).toEqual([1, 1, 1]);
});

test('empty, lone and coinciding classes have no margin', () => {
  const none = { perClass: [null, null], neighbour: [null, null], mean: null, minimum: null };
  expect(margin(embeddingOf([[[1, 1]], []]))).toEqual(none);
  expect(margin(embeddingOf([[[1, 1]], [[1, 1]]]))).toEqual(none);
});
