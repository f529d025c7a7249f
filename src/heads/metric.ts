import { classMeansState, moveClassMeans, nearestMeans } from './classMeans.ts';
import type { Head, HeadBatch, Objective } from './head.ts';

/** A loss of distances within a batch: adds its gradients, [count][D], and returns its value. */
export type DistanceLoss = (batch: HeadBatch, gradients: Float64Array) => number;

/**
 * A head that compares the batch's features with each other. It has no logits of its own: it
 * predicts the class whose running mean, kept while training, is nearest.
 */
export function metricHead(name: string, objective: Objective, distanceLoss: DistanceLoss): Head {
  return {
    name,
    readout: { kind: 'distance' },
    objective,
    mixesLabels: false,
    parameters: () => [],
    state: classMeansState,
    logits: nearestMeans,
    loss(batch) {
      const { features, count, dimensions, classes, featureGradients, logits, training } = batch;
      const gradients = new Float64Array(count * dimensions);
      const loss = distanceLoss(batch, gradients);
      featureGradients.fill(0);
      featureGradients.set(gradients);
      if (training) moveClassMeans(batch);
      nearestMeans(features, batch, logits.subarray(0, count * classes));
      return loss;
    },
  };
}

/** ‖f_i − f_j‖² of two samples. */
export function squaredDistance({ features, dimensions }: HeadBatch, i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++)
    sum += (features[i * dimensions + d] - features[j * dimensions + d]) ** 2;
  return sum;
}

/** Adds the gradient of weight · ‖f_i − f_j‖² / 2 to both samples'. */
export function addPull(
  { features, dimensions }: HeadBatch,
  i: number,
  j: number,
  weight: number,
  gradients: Float64Array,
): void {
  for (let d = 0; d < dimensions; d++) {
    const pull = weight * (features[i * dimensions + d] - features[j * dimensions + d]);
    gradients[i * dimensions + d] += pull;
    gradients[j * dimensions + d] -= pull;
  }
}
