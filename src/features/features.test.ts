import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../testkit/checkGradient.ts';
import { randomStream } from '../random/index.ts';
import { parseFeatureVariation } from './parse.ts';
import type { FeatureBatch } from './variation.ts';

const count = 12;
const dimensions = 3;

/** Random features of three classes, the last sample alone in a fourth. */
function batchOf(change: Partial<FeatureBatch> = {}): FeatureBatch {
  const stream = randomStream(1, 'test/features');
  const doubles = Float64Array.from({ length: count * dimensions }, () => stream.normal());
  const labels = Array.from({ length: count }, (_, i) => (i === count - 1 ? 3 : i % 3));
  const features = doubles as unknown as Float32Array;
  return { features, labels, count, dimensions, seed: 1, step: 0, ...change };
}

const row = (values: Float32Array, i: number) => [
  ...values.slice(i * dimensions, (i + 1) * dimensions),
];

describe.each(['extrapolate', 'interpolate', 'noise:degree=0.3', 'none'])('%s', (text) => {
  const variation = parseFeatureVariation(text);

  test('is fixed by seed and step', () => {
    const vary = (change: Partial<FeatureBatch>) => variation.vary(batchOf(change)).features;
    expect(vary({ step: 4 })).toEqual(vary({ step: 4 }));
    if (text !== 'none') expect(vary({ step: 5 })).not.toEqual(vary({ step: 4 }));
  });

  test.skipIf(text.startsWith('noise'))('has the gradient of its differences', () => {
    const stream = randomStream(2, 'test/weights');
    const weights = Float64Array.from({ length: count * dimensions }, () => stream.normal());
    const batch = batchOf();
    const gradient = weights.slice() as unknown as Float32Array;
    variation.vary(batch).backward(gradient);
    checkGradient({
      name: text,
      f: (x) => {
        const features = x as unknown as Float32Array;
        const varied = variation.vary({ ...batch, features }).features;
        return varied.reduce((sum, value, i) => sum + weights[i] * value, 0);
      },
      x: batch.features,
      gradient,
    });
  });
});

test('extrapolating moves away from one of the nearest of the class', () => {
  const batch = batchOf();
  const { features } = parseFeatureVariation('extrapolate:degree=2,neighbours=1').vary(batch);
  const [own, moved] = [row(batch.features, 0), row(features, 0)];
  const others = [3, 6, 9].map((i) => row(batch.features, i));
  const distance = (to: number[]) => Math.hypot(...to.map((x, d) => x - own[d]));
  const nearest = others.reduce((best, of) => (distance(of) < distance(best) ? of : best));
  moved.forEach((x, d) => {
    expect(x).toBeCloseTo(own[d] + 2 * (own[d] - nearest[d]), 10);
  });
});

test('interpolating goes the whole way to a neighbour at degree 1', () => {
  const batch = batchOf();
  const { features } = parseFeatureVariation('interpolate:degree=1').vary(batch);
  const others = [3, 6, 9].map((i) => row(batch.features, i).map((x) => x.toFixed(9)));
  expect(others).toContainEqual(row(features, 0).map((x) => x.toFixed(9)));
});

test('a sample alone in its class stays', () => {
  const batch = batchOf();
  const { features } = parseFeatureVariation('extrapolate').vary(batch);
  expect(row(features, count - 1)).toEqual(row(batch.features, count - 1));
});

test("noise has the batch's deviation in each coordinate, times the degree", () => {
  const size = 4000;
  const features = Float32Array.from(
    { length: 2 * size },
    (_, i) => (i % 2 ? 10 : 1) * (i % 4 < 2 ? 1 : -1),
  );
  const batch = batchOf({ features, count: size, dimensions: 2 });
  const varied = parseFeatureVariation('noise:degree=0.5').vary(batch).features;
  for (const [d, deviation] of [0.5, 5].entries()) {
    const differences = varied.filter((_, i) => i % 2 === d).map((x, i) => x - features[2 * i + d]);
    const variance = differences.reduce((sum, x) => sum + x ** 2, 0) / size;
    expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1);
  }
});
