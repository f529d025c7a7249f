import { expect, it } from 'vitest';
import { randomStream } from '../random/index.ts';
import { type Cloud, fitPlane, project } from './plane.ts';

const dimensions = 6;

/** Samples that spread by so much along each coordinate. */
function cloudOf(deviations: number[], seed = 1, count = 4000): Cloud {
  const random = randomStream(seed, 'cloud');
  const features = Float32Array.from(
    { length: count * dimensions },
    (_, i) => 5 + deviations[i % dimensions] * random.normal(),
  );
  return { features, dimensions, count };
}

const row = (axes: Float32Array, axis: number) =>
  Array.from(axes.subarray(axis * dimensions, (axis + 1) * dimensions));

it('finds the two directions of largest spread, in order, pointing up', () => {
  const { origin, axes } = fitPlane(cloudOf([1, 9, 1, 1, 4, 1]));
  for (const value of origin) expect(Math.abs(value - 5)).toBeLessThan(1);
  expect(row(axes, 0)[1]).toBeGreaterThan(0.99);
  expect(row(axes, 1)[4]).toBeGreaterThan(0.99);
});

it('projects as far as its axes see', () => {
  const cloud = cloudOf([1, 9, 1, 1, 4, 1]);
  const points = project(cloud, fitPlane(cloud));
  const spread = (axis: number) =>
    Math.sqrt(points.reduce((sum, x, i) => sum + (i % 2 === axis ? x * x : 0), 0) / cloud.count);
  expect(spread(0)).toBeCloseTo(9, 0);
  expect(spread(1)).toBeCloseTo(4, 0);
});

it('turns and mirrors itself to the plane before', () => {
  const cloud = cloudOf([1, 9, 1, 1, 4, 1]);
  const plane = fitPlane(cloud);
  for (const mirror of [1, -1]) {
    const axes = Float32Array.from(
      { length: 2 * dimensions },
      (_, i) =>
        (i < dimensions ? 0.6 : -0.8 * mirror) * plane.axes[i % dimensions] +
        (i < dimensions ? 0.8 : 0.6 * mirror) * plane.axes[dimensions + (i % dimensions)],
    );
    const again = fitPlane(cloud, { ...plane, axes });
    again.axes.forEach((value, i) => {
      expect(value).toBeCloseTo(axes[i], 3);
    });
  }
});

it('takes no longer for numbers that are not finite, nor for no extent at all', () => {
  const flat = { features: new Float32Array(60).fill(3), dimensions, count: 10 };
  const { axes } = fitPlane(flat);
  const dots = [0, 1].map((axis) => row(axes, axis).reduce((sum, x) => sum + x * x, 0));
  expect(dots[0]).toBeCloseTo(1);
  expect(dots[1]).toBeCloseTo(1);
  flat.features[7] = Number.NaN;
  expect(project(flat, fitPlane(flat))).toHaveLength(20);
});
