import { expect, test } from 'vitest';
import { crossing } from './crossing.ts';

test('lies where the line over the logarithm of the size is 0', () => {
  const found = crossing(
    [256, 1024, 4096],
    [
      [-3, -3],
      [1, 1],
      [2, 2],
    ],
  );
  // Three quarters of the way from 256 to 1024 along the logarithm: 256 · 4^0.75.
  expect(found.at).toBeCloseTo(256 * 4 ** 0.75, 9);
  expect(found.low).toBeCloseTo(found.at!, 9);
  expect(found.without).toBe(0);
});

test('is none where the means have one sign', () => {
  expect(
    crossing(
      [32, 64],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  ).toEqual({ at: null, low: null, high: null, without: 1 });
});

test('says how many resamples have none', () => {
  const { at, low, high, without } = crossing(
    [100, 200],
    [
      [-1, 0.5, -1],
      [1, 1, 1],
    ],
  );
  expect(at).not.toBeNull();
  expect(low!).toBeLessThanOrEqual(at!);
  expect(high!).toBeGreaterThanOrEqual(at!);
  // The first size's mean is positive only where its middle seed is drawn three times: 1 of 27.
  expect(without).toBeGreaterThan(0.02);
  expect(without).toBeLessThan(0.06);
});
