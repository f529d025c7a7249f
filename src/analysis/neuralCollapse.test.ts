import { describe, expect, test } from 'vitest';
import { embeddingOf } from '../../testkit/clouds.ts';
import { neuralCollapse } from './neuralCollapse.ts';

/** The corners of a triangle with all sides alike: a simplex of three classes in the plane. */
const triangle = [0, 1, 2].map((k) => {
  const angle = (2 * Math.PI * k) / 3;
  return [Math.cos(angle), Math.sin(angle)];
});

describe('a collapsed representation', () => {
  const embedding = embeddingOf(triangle.map((corner) => [corner, corner]));
  const predictions = [0, 0, 1, 1, 2, 2];
  const classVectors = triangle.flat().map((value) => 7 * value);

  test('has 0 in every measure, wherever it lies and however long its class vectors are', () => {
    const moved = { ...embedding, features: embedding.features.map((value) => value + 5) };
    const measured = neuralCollapse(moved, { classVectors, predictions });
    for (const [name, value] of Object.entries(measured)) expect(value, name).toBeCloseTo(0, 5);
  });

  test('is not dual to class vectors that are turned', () => {
    const turned = triangle.flatMap(([x, y]) => [-x, -y]);
    expect(neuralCollapse(embedding, { classVectors: turned }).duality).toBeCloseTo(4, 6);
  });
});

test('the four measures by hand', () => {
  // Centres (−3, 0) and (3, 0) deviate by ±1 along x: Σ_W = diag(1, 0), Σ_B = diag(9, 0).
  const embedding = embeddingOf([
    [
      [-4, 0],
      [-2, 0],
    ],
    [
      [2, 0],
      [4, 0],
    ],
  ]);
  const measured = neuralCollapse(embedding, {
    classVectors: [0, 1, 0, -1],
    predictions: [0, 1, 1, 1],
  });
  expect(measured.variability).toBeCloseTo(1 / 9 / 2, 10);
  expect(measured).toMatchObject({ norms: 0, angles: 0, nearestCentre: 25 });
  expect(measured.simplex).toBeCloseTo(0, 10);
  // W / ‖W‖ and M / ‖M‖ are at right angles: ‖a − b‖² = 2.
  expect(measured.duality).toBeCloseTo(2, 10);
});

test('unequal norms and angles, by hand', () => {
  // Centres at 0°, 90° and 180° of lengths 1, 2, 1 about their mean, made with a fourth class.
  const centres = [
    [1, 0],
    [0, 2],
    [-1, 0],
    [0, -2],
  ];
  const { norms, angles, simplex } = neuralCollapse(embeddingOf(centres.map((c) => [c])));
  expect(norms).toBeCloseTo(0.5 / 1.5, 10);
  const cosines = [0, -1, 0, 0, -1, 0];
  const mean = -1 / 3;
  const variance = cosines.reduce((sum, c) => sum + (c - mean) ** 2, 0) / 6;
  expect(angles).toBeCloseTo(Math.sqrt(variance), 10);
  expect(simplex).toBeCloseTo((4 * (1 / 3) + 2 * (2 / 3)) / 6, 10);
});

test('without a spread of centres, class vectors or predictions there is no measure', () => {
  const same = embeddingOf([[[1, 1]], [[1, 1]]]);
  expect(neuralCollapse(same)).toEqual({
    variability: null,
    norms: null,
    angles: null,
    simplex: null,
    duality: null,
    nearestCentre: null,
  });
});

test('more dimensions than classes: Σ_B has no inverse but a pseudo-inverse', () => {
  const embedding = embeddingOf([[[1, 0, 0, 1]], [[-1, 0, 0, -1]]], 4);
  expect(neuralCollapse(embedding).variability).toBeCloseTo(0, 10);
});
