import { describe, expect, test } from 'vitest';
import { circle, embeddingOf } from '../../testkit/clouds.ts';
import { dispersion } from './dispersion.ts';

const single = (points: number[][], dimensions = 2) =>
  embeddingOf(
    points.map((point) => [point]),
    dimensions,
  );

describe('in the plane', () => {
  test('ten centres on a circle: 36° apart, no deviation, isotropic, wherever it lies', () => {
    const { angles, minimum, mean, deviation, isotropy } = dispersion(single(circle(9, -4, 3, 10)));
    expect(angles).toHaveLength(10);
    expect(minimum).toBeCloseTo(36, 4);
    expect(mean).toBeCloseTo(36, 6);
    expect(deviation).toBeCloseTo(0, 4);
    expect(isotropy).toBeCloseTo(1, 5);
  });

  test('a tilted cross: gaps 60° and 120°, deviation 30°', () => {
    const [x, y] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    const { minimum, deviation, isotropy } = dispersion(
      single([
        [x, y],
        [-x, y],
        [-x, -y],
        [x, -y],
      ]),
    );
    expect(minimum).toBeCloseTo(60, 4);
    expect(deviation).toBeCloseTo(30, 4);
    expect(isotropy).toBeCloseTo(1 / 3, 5);
  });

  test('centres on a line: isotropy 0', () => {
    const { angles, isotropy } = dispersion(
      single([
        [0, 0],
        [1, 2],
        [3, 6],
      ]),
    );
    expect(isotropy).toBeCloseTo(0, 6);
    expect(Math.max(...angles)).toBeCloseTo(180, 4);
  });

  test('a class at the centroid has no direction, an empty class no centre', () => {
    const withMiddle = embeddingOf([[[1, 0]], [[-1, 0]], [[0, 0]], []]);
    expect(dispersion(withMiddle).angles).toEqual([180, 180]);
  });

  test('one class says nothing', () => {
    const nothing = { angles: [], minimum: null, mean: null, deviation: null, isotropy: null };
    expect(dispersion(single([[1, 2]]))).toEqual(nothing);
  });
});

test('in space, a tetrahedron: arccos(−1/3) to the nearest, no isotropy', () => {
  const corners = [
    [1, 1, 1],
    [1, -1, -1],
    [-1, 1, -1],
    [-1, -1, 1],
  ];
  const { angles, mean, deviation, isotropy } = dispersion(single(corners, 3));
  expect(angles).toHaveLength(4);
  expect(mean).toBeCloseTo(109.4712, 3);
  expect(deviation).toBeCloseTo(0, 4);
  expect(isotropy).toBeNull();
});
