import { expect, test } from 'vitest';
import { embeddingOf } from '../../testkit/clouds.ts';
import { principalPlane } from './principal.ts';

// Along (0.6, 0.8, 0) by ±10, along z by ±1, about (1, 1, 1).
const points = [10, -10].flatMap((t) => [1, -1].map((z) => [1 + 0.6 * t, 1 + 0.8 * t, 1 + z]));
const embedding = embeddingOf([points], 3);

test('finds the axes and their shares, by hand', () => {
  const { shares, project } = principalPlane(embedding);
  expect(shares[0]).toBeCloseTo(100 * (100 / 101), 5);
  expect(shares[1]).toBeCloseTo(100 / 101, 5);
  const { features, dimensions } = project(embedding);
  expect(dimensions).toBe(2);
  [10, 1, 10, -1, -10, 1, -10, -1].forEach((value, at) => {
    expect(features[at]).toBeCloseTo(value, 4);
  });
});

test('puts other samples of the space into the same plane', () => {
  const { project } = principalPlane(embedding);
  const other = project(embeddingOf([[[1.6, 1.8, 1]]], 3));
  expect(other.features[0]).toBeCloseTo(1, 5);
  expect(other.features[1]).toBeCloseTo(0, 5);
  expect(() => project(embeddingOf([[[0, 0]]]))).toThrow('dimensions 3 and 2');
});

test('one point has no variance, one dimension no plane', () => {
  expect(principalPlane(embeddingOf([[[1, 2, 3]]], 3)).shares).toEqual([0, 0]);
  expect(() => principalPlane(embeddingOf([[[1], [2]]], 1))).toThrow('one dimension has no plane');
});
