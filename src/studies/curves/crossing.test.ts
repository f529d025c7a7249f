import { expect, test } from 'vitest';
import { crossing } from './crossing.ts';
import { crossingInWords } from './words.ts';

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
  // The first size's mean is negative unless its middle seed is drawn twice (0) or three times: 7 of 27.
  expect(without!).toBeGreaterThan(0.22);
  expect(without!).toBeLessThan(0.3);
});

test('is no place where curves only touch', () => {
  const axis = [100, 200, 400];
  const touching = crossing(axis, [
    [1, 1],
    [0, 0],
    [2, 2],
  ]);
  expect(touching).toEqual({ at: null, low: null, high: null, without: 1 });
  const begins = crossing(axis.slice(0, 2), [
    [0, 0],
    [2, 2],
  ]);
  expect(begins.at).toBeNull();
  const through = crossing(axis, [
    [1, 1],
    [0, 0],
    [-2, -2],
  ]);
  expect(through.at).toBeCloseTo(200, 9);
});

test('has no interval of one seed', () => {
  const found = crossing([256, 1024], [[-3], [1]]);
  expect(found).toEqual({
    at: expect.closeTo(256 * 4 ** 0.75, 9),
    low: null,
    high: null,
    without: null,
  });
  const words = crossingInWords({ layout: 'preact', recipe: 'shaken', ...found }, 'images');
  expect(words).toBe('The means cross at about 724 images (one seed: no interval).');
});
