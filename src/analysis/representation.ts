import { alignment } from './alignment.ts';
import type { Embedding } from './embedding.ts';
import { neighbourError } from './nearestNeighbours.ts';
import { type Classifier, type NeuralCollapse, neuralCollapse } from './neuralCollapse.ts';
import { type Scatter, scatter } from './scatter.ts';
import { uniformity } from './uniformity.ts';

/** Measures of a representation of any dimension, beyond the paper's. */
export interface Representation {
  /** Within- and between-class scatter of the training samples. */
  scatter: Scatter;
  neuralCollapse: NeuralCollapse;
  /** Error on the test samples of the five nearest training samples' vote, in percent. */
  neighbourError: number;
  /** Of the test samples. */
  alignment: number | null;
  uniformity: number | null;
}

/**
 * Measures a representation: collapse where it was trained, and what it is worth on test samples.
 *
 * @param train training samples in evaluate mode
 * @param test test samples in evaluate mode
 * @param classifier what the net's own head makes of the training samples
 */
export function representation(
  train: Embedding,
  test: Embedding,
  classifier: Classifier = {},
): Representation {
  return {
    scatter: scatter(train),
    neuralCollapse: neuralCollapse(train, classifier),
    neighbourError: neighbourError(train, test),
    alignment: alignment(test),
    uniformity: uniformity(test),
  };
}
