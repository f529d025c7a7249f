import { z } from 'zod';
import { family, numberOption } from '../options/index.ts';
import type { Head } from './head.ts';
import { meanLoss, type Scorer, scoreAll } from './scorer.ts';

const smoothing = numberOption('must be a number from 0 to below 1', (x) => x >= 0 && x < 1, 0);

/**
 * Softmax with cross-entropy: logits z = W f + b, loss −log(exp zₖ / Σ exp zⱼ) for class k,
 * averaged over the batch. Weights W [K, D] start uniform in ±1/√D, biases b [K] at 0. With
 * smoothing ε the label counts 1 − ε, and every class ε / K besides.
 *
 * Source of label smoothing: Szegedy et al., "Rethinking the Inception architecture", 2016.
 */
export const softmax = family(
  {
    summary: 'cross-entropy of a linear layer; smoothing=0.1 smoothes the labels',
    source: 'Szegedy et al. 2016, arXiv:1512.00567 (smoothing)',
    options: z.strictObject({ smoothing }),
  },
  (name, chosen): Head => ({
    name,
    readout: { kind: 'linear' },
    objective: { kind: 'smoothed-labels', smoothing: chosen.smoothing },
    mixesLabels: true,
    parameters: (features, classes) => [
      classVectors(features, classes),
      { name: 'head.bias', shape: [classes], initial: { kind: 'constant', value: 0 } },
    ],
    logits: (features, memory, out) => scoreAll(affine(memory.parameters), features, memory, out),
    loss(batch) {
      batch.featureGradients.fill(0);
      const scorer = affine(batch.parameters);
      return meanLoss(scorer, batch, batch.features, batch.featureGradients, chosen.smoothing);
    },
  }),
);

/** What heads call the vectors that stand for the classes. */
export const classVectorsName = 'head.weight';

/** The vectors that stand for the classes, W [K, D], uniform in ±1/√D. */
export function classVectors(features: number, classes: number) {
  const bound = 1 / Math.sqrt(features);
  return {
    name: classVectorsName,
    shape: [classes, features],
    initial: { kind: 'uniform', bound } as const,
  };
}

/** z = W f + b, summed in double precision. */
function affine([weight, bias]: Float32Array[]): Scorer {
  const weightGradient = new Float64Array(weight.length);
  const biasGradient = new Float64Array(bias.length);
  let scored: Float64Array = new Float64Array();
  return {
    gradients: [weightGradient, biasGradient],
    score(feature, z) {
      scored = feature;
      for (let k = 0; k < z.length; k++) {
        z[k] = bias[k];
        for (let d = 0; d < feature.length; d++)
          z[k] += weight[k * feature.length + d] * feature[d];
      }
    },
    backward(gradients, _, featureGradient) {
      for (let k = 0; k < gradients.length; k++) {
        biasGradient[k] += gradients[k];
        for (let d = 0; d < scored.length; d++) {
          weightGradient[k * scored.length + d] += gradients[k] * scored[d];
          featureGradient[d] += gradients[k] * weight[k * scored.length + d];
        }
      }
    },
  };
}
