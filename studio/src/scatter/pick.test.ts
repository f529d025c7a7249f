import { expect, test } from 'vitest';
import { nearestSample, samplesWithin } from './pick.ts';

/** A grid of 5 × 5 samples at whole coordinates from 0 to 4. */
const grid = {
  features: Float32Array.from(
    Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)]).flat(),
  ),
  dimensions: 2,
  count: 25,
  labels: new Uint8Array(25),
  classes: 1,
};

test('the nearest sample within reach', () => {
  expect(nearestSample(grid, { x: 2.2, y: 2.9 }, 0.5)).toBe(17);
  expect(nearestSample(grid, { x: 2.5, y: 2.5 }, 0.5)).toBeNull();
});

test('a concave lasso leaves out what its notch leaves out', () => {
  const lasso = [
    { x: -0.5, y: -0.5 },
    { x: 4.5, y: -0.5 },
    { x: 4.5, y: 1.5 },
    { x: 2, y: -0.2 },
    { x: -0.5, y: 1.5 },
  ];
  expect(samplesWithin(grid, lasso)).toEqual([0, 1, 3, 4, 5, 9]);
});

test('two corners enclose nothing', () => {
  const line = [
    { x: -1, y: -1 },
    { x: 9, y: 9 },
  ];
  expect(samplesWithin(grid, line)).toEqual([]);
});
