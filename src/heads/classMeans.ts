import type { ParameterSpec } from '../nets/parameters.ts';
import { statisticsMomentum } from '../ops/batchNorm.ts';
import type { HeadBatch, HeadMemory } from './head.ts';

/** Running means of the classes' features, and how much of each has been seen, from 0 to 1. */
export const classMeansState = (features: number, classes: number): ParameterSpec[] => [
  { name: 'head.classMeans', shape: [classes, features], initial: { kind: 'constant', value: 0 } },
  { name: 'head.classSeen', shape: [classes], initial: { kind: 'constant', value: 0 } },
];

/** What a class that was never seen scores: less than any distance. */
export const unseenLogit = -1e30;

/** Logits −‖f − mean‖² to the running mean of every class: the nearest is predicted. */
export function nearestMeans(
  features: ArrayLike<number>,
  { dimensions, classes, state: [means, seen] }: HeadMemory,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const [sample, k] = [Math.floor(i / classes), i % classes];
    let distance = 0;
    for (let d = 0; d < dimensions; d++)
      distance += (features[sample * dimensions + d] - means[k * dimensions + d]) ** 2;
    out[i] = seen[k] > 0 ? -distance : unseenLogit;
  }
}

/**
 * Moves the running means of the classes in a batch towards its own, a class's first batch all the
 * way: a mean is the average of the means seen, weighed 0.9ᵗ after t batches.
 */
export function moveClassMeans({ features, labels, count, dimensions, state }: HeadBatch): void {
  const [means, seen] = state;
  const sums = new Float64Array(means.length);
  const counts = new Float64Array(seen.length);
  for (let sample = 0; sample < count; sample++) {
    counts[labels[sample]]++;
    for (let d = 0; d < dimensions; d++)
      sums[labels[sample] * dimensions + d] += features[sample * dimensions + d];
  }
  counts.forEach((found, k) => {
    if (found === 0) return;
    seen[k] += statisticsMomentum * (1 - seen[k]);
    for (let i = k * dimensions; i < (k + 1) * dimensions; i++)
      means[i] += (statisticsMomentum / seen[k]) * (sums[i] / found - means[i]);
  });
}
