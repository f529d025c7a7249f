import { describe, expect, test } from 'vitest';
import { embeddingOf } from '../../testkit/clouds.ts';
import { RequestError } from '../errors.ts';
import { alignment } from './alignment.ts';
import { compactness } from './compactness.ts';
import { coverage } from './coverage.ts';
import { dispersion } from './dispersion.ts';
import type { Embedding } from './embedding.ts';
import * as exported from './index.ts';
import { margin } from './margin.ts';
import { neighbourError } from './nearestNeighbours.ts';
import { neuralCollapse } from './neuralCollapse.ts';
import { fitPlane, project } from './plane.ts';
import { principalPlane } from './principal.ts';
import { representation } from './representation.ts';
import { scatter } from './scatter.ts';
import { uniformity } from './uniformity.ts';

type Points = readonly (readonly number[][])[];

/** Two classes of four samples, no three on a line. */
const plain: Points = [
  [
    [0, 0],
    [1, 0.1],
    [0.2, 1],
    [1.1, 1.2],
  ],
  [
    [5, 0],
    [6, 0.2],
    [5.1, 1],
    [6.3, 1.1],
  ],
];
const mapped = (map: (x: number, y: number) => number[]): Points =>
  plain.map((own) => own.map(([x, y]) => map(x, y)));

/** Clouds that have no area, no spread, no second class, or a scale at the end of float32. */
const clouds: Record<string, Embedding> = {
  'on a line': embeddingOf(mapped((x) => [x, 0.3 * x])),
  'on an axis': embeddingOf(mapped((x) => [0, x])),
  'far away on a line': embeddingOf(mapped((x) => [1e6 + x, 2e6 + 2 * x])),
  'classes that are points': embeddingOf(mapped((x) => (x < 3 ? [0.1, 0.7] : [0.3, 0.9]))),
  coincident: embeddingOf(mapped(() => [0.1, 0.3])),
  'at the origin': embeddingOf(mapped(() => [0, 0])),
  'one sample': embeddingOf([[[1, 2]]]),
  'one sample a class': embeddingOf([[[1, 2]], [[3, 5]]]),
  'two samples a class': embeddingOf([
    [
      [1, 2],
      [2, 5],
    ],
    [
      [3, 5],
      [9, 1],
    ],
  ]),
  'three samples a class': embeddingOf([
    [
      [1, 2],
      [2, 5],
      [0, 7],
    ],
    [
      [3, 5],
      [9, 1],
      [4, 4],
    ],
  ]),
  'one class': embeddingOf([plain[0]]),
  'an empty class': embeddingOf([plain[0], [], plain[1]]),
  huge: embeddingOf(mapped((x, y) => [1e37 * x, 1e37 * y])),
  tiny: embeddingOf(mapped((x, y) => [1e-37 * x, 1e-37 * y])),
  'below the smallest normal number': embeddingOf(mapped((x, y) => [1e-44 * x, 1e-44 * y])),
  'opposite classes': embeddingOf(mapped((x, y) => (x < 3 ? [x, y] : [-(x - 5), -y]))),
  'in one dimension': embeddingOf(
    mapped((x) => [x]),
    1,
  ),
  'in three dimensions': embeddingOf(
    mapped((x, y) => [x, y, x * y]),
    3,
  ),
  'in three dimensions on a line': embeddingOf(
    mapped((x) => [x, x, -x]),
    3,
  ),
};

/** Every measure, on an embedding as both modes or both splits. */
const measures: Record<string, (embedding: Embedding) => unknown> = {
  alignment,
  uniformity,
  scatter,
  margin,
  dispersion,
  coverage: (one) => coverage(one, one),
  compactness: (one) => compactness(one, one),
  neighbourError: (one) => neighbourError(one, one),
  neuralCollapse: (one) =>
    neuralCollapse(one, {
      classVectors: one.features.slice(0, one.classes * one.dimensions),
      predictions: one.labels,
    }),
  representation: (one) => representation(one, one),
  principalPlane: (one) => {
    if (one.dimensions < 2) return null;
    const plane = principalPlane(one);
    return [plane.shares, [...plane.project(one).features]];
  },
  fitPlane: (one) => [...project(one, fitPlane(one))],
};

test('every measure of the library is among them', () => {
  expect(Object.keys(measures)).toEqual(expect.arrayContaining(Object.keys(exported)));
});

/** Every number of a result, with its path. */
function numbersOf(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) => numbersOf(own, `${path}.${key}`));
}

describe.each(Object.entries(measures))('%s', (_, measure) => {
  test.each(Object.entries(clouds))('is finite or null on a cloud %s', (_, cloud) => {
    const unsound = numbersOf(measure(cloud)).filter(([, value]) => !Number.isFinite(value));
    expect(unsound).toEqual([]);
  });

  test.each([[[[], []]], [[]]])(
    'refuses an embedding without samples, or has nothing',
    (points) => {
      const empty = embeddingOf(points);
      try {
        const found = measure(empty);
        expect(found === null || numbersOf(found).length === 0).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(RequestError);
      }
    },
  );
});

/** Measures that a change of unit leaves as they are; uniformity and alignment look at directions. */
const unitless = ['alignment', 'uniformity', 'margin', 'dispersion', 'coverage', 'neuralCollapse'];

test.each(unitless)('%s is the same in any unit', (name) => {
  const of = (scale: number) =>
    numbersOf(measures[name](embeddingOf(mapped((x, y) => [scale * (x - 2), scale * y]))));
  for (const scale of [1e-30, 1e-9, 2 ** -20, 3, 1e9, 1e30]) {
    const [found, expected] = [of(scale), of(1)];
    expect(found.map(([path]) => path)).toEqual(expected.map(([path]) => path));
    for (const [i, [, value]] of found.entries())
      expect(Math.abs(value - expected[i][1])).toBeLessThan(1e-5 * (1 + Math.abs(expected[i][1])));
  }
});

describe('classes whose centres coincide but for the order of summing', () => {
  const own = Array.from({ length: 7 }, (_, i) => [0.1 * 3 ** i, 1e-3 / 7 ** i]);
  const orders = [own, own.toReversed(), [...own.slice(3), ...own.slice(0, 3)]];
  const cloud = embeddingOf(orders);

  test('have no margin, no direction, no scatter between them and no variability', () => {
    expect(margin(cloud)).toMatchObject({ perClass: [null, null, null], mean: null });
    expect(dispersion(cloud)).toMatchObject({ angles: [], minimum: null, isotropy: null });
    expect(scatter(cloud)).toMatchObject({ between: 0, ratio: null });
    expect(neuralCollapse(cloud)).toMatchObject({ variability: null, norms: null, angles: null });
  });
});
