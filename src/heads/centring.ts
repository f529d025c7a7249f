import type { ParameterSpec } from '../nets/parameters.ts';
import { epsilon, statisticsMomentum } from '../ops/batchNorm.ts';
import type { HeadBatch } from './head.ts';

/** Running mean and variance of every coordinate. */
export const centringState = (features: number): ParameterSpec[] => [
  { name: 'head.runningMean', shape: [features], initial: { kind: 'constant', value: 0 } },
  { name: 'head.runningVariance', shape: [features], initial: { kind: 'constant', value: 1 } },
];

/** The first `size` values of features [.][D], centralised by running statistics. */
export function centredBy(
  features: ArrayLike<number>,
  size: number,
  [means, variances]: Float32Array[],
): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    const d = i % means.length;
    return (features[i] - means[d]) / Math.sqrt(variances[d] + epsilon);
  });
}

/** Centralised features [count][D], and what takes their gradients back to the features. */
export interface Centred {
  centred: Float64Array;
  backward(gradients: Float64Array): Float64Array;
}

/** Centralises a batch's features; while it trains, the running statistics move with it. */
export function centralise(batch: HeadBatch, statistics: 'batch' | 'running'): Centred {
  const { features, count, dimensions, state, training } = batch;
  const { mean, variance } = statisticsOf(features, count, dimensions);
  const centred =
    training && statistics === 'batch'
      ? centredByBatch(features, count, mean, variance)
      : centredByRunning(features, count, state);
  if (training) moveRunning(state, mean, variance, count);
  return centred;
}

function statisticsOf(features: ArrayLike<number>, count: number, dimensions: number) {
  const mean = new Float64Array(dimensions);
  const variance = new Float64Array(dimensions);
  const size = count * dimensions;
  for (let i = 0; i < size; i++) mean[i % dimensions] += features[i] / count;
  for (let i = 0; i < size; i++)
    variance[i % dimensions] += (features[i] - mean[i % dimensions]) ** 2 / count;
  return { mean, variance };
}

/** The running variance is the unbiased one, as batch norm's is. */
function moveRunning(
  [means, variances]: Float32Array[],
  mean: Float64Array,
  variance: Float64Array,
  count: number,
): void {
  const unbiased = count / Math.max(1, count - 1);
  for (let d = 0; d < mean.length; d++) {
    means[d] += statisticsMomentum * (mean[d] - means[d]);
    variances[d] += statisticsMomentum * (unbiased * variance[d] - variances[d]);
  }
}

/** The running statistics, as they stood before the batch, are constants. */
function centredByRunning(
  features: ArrayLike<number>,
  count: number,
  state: Float32Array[],
): Centred {
  const width = state[0].length;
  const inverse = Array.from(state[1], (value) => 1 / Math.sqrt(value + epsilon));
  return {
    centred: centredBy(features, count * width, state),
    backward: (gradients) => gradients.map((g, i) => g * inverse[i % width]),
  };
}

/** Φ = (f − o) / σ; backward g becomes (g − ⟨g⟩ − Φ ⟨g Φ⟩) / σ, ⟨ ⟩ the mean over the batch. */
function centredByBatch(
  features: ArrayLike<number>,
  count: number,
  mean: Float64Array,
  variance: Float64Array,
): Centred {
  const width = mean.length;
  const inverse = variance.map((value) => 1 / Math.sqrt(value + epsilon));
  const centred = Float64Array.from({ length: count * width }, (_, i) => {
    return (features[i] - mean[i % width]) * inverse[i % width];
  });
  const backward = (gradients: Float64Array): Float64Array => {
    const [plain, product] = [new Float64Array(width), new Float64Array(width)];
    gradients.forEach((g, i) => {
      plain[i % width] += g / count;
      product[i % width] += (g * centred[i]) / count;
    });
    return gradients.map((g, i) => {
      const d = i % width;
      return inverse[d] * (g - plain[d] - centred[i] * product[d]);
    });
  };
  return { centred, backward };
}
