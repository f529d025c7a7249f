import { crossEntropy } from './crossEntropy.ts';
import type { HeadBatch, HeadMemory } from './head.ts';

/** Turns one feature after the other into logits, and gradients of these back. */
export interface Scorer {
  /** Logits z [K] of a feature [D], without margin. */
  score(feature: Float64Array, z: Float64Array): void;
  /** Puts the margin on the label's logit of the feature scored last; heads without one lack it. */
  margin?(label: number, z: Float64Array): void;
  /**
   * Takes d loss / d z back, of the feature scored last with the margin on `label`: adds to the
   * feature's gradient [D] and to those of the parameters.
   */
  backward(logitGradients: Float64Array, label: number, featureGradient: Float64Array): void;
  /** Gradients of the parameters, gathered over the batch. */
  readonly gradients: Float64Array[];
}

type Size = Pick<HeadMemory, 'dimensions' | 'classes'>;

/** Logits of as many features as `out` has room for. */
export function scoreAll(
  scorer: Scorer,
  features: ArrayLike<number>,
  { dimensions, classes }: Size,
  out: Float32Array,
): void {
  const feature = new Float64Array(dimensions);
  const z = new Float64Array(classes);
  for (let sample = 0; sample < out.length / classes; sample++) {
    readRow(features, sample, feature);
    scorer.score(feature, z);
    out.set(z, sample * classes);
  }
}

/**
 * Mean cross-entropy of a batch, with its logits and the gradients of the parameters. A mixed
 * sample counts with both of its labels, each by its share, and a label by its class's weight.
 *
 * @param features [count][D]; the batch's own, or what the head made of them
 * @param featureGradients receives d loss / d features, [count][D]
 */
export function meanLoss(
  scorer: Scorer,
  batch: HeadBatch,
  features: ArrayLike<number>,
  featureGradients: { set(row: Float64Array, at: number): void },
  smoothing = 0,
): number {
  const { count, dimensions, classes } = batch;
  const [feature, gradient] = [new Float64Array(dimensions), new Float64Array(dimensions)];
  const [logits, z] = [new Float64Array(classes), new Float64Array(classes)];
  let total = 0;
  for (let sample = 0; sample < count; sample++) {
    readRow(features, sample, feature);
    scorer.score(feature, logits);
    batch.logits.set(logits, sample * classes);
    gradient.fill(0);
    for (const { label, share } of targetsOf(batch, sample)) {
      z.set(logits);
      scorer.margin?.(label, z);
      total += share * crossEntropy(z, label, smoothing);
      for (let k = 0; k < classes; k++) z[k] *= share / count;
      scorer.backward(z, label, gradient);
    }
    featureGradients.set(gradient, sample * dimensions);
  }
  scorer.gradients.forEach((of, index) => {
    batch.gradients[index].set(of);
  });
  return total / count;
}

function targetsOf({ labels, partners, classWeights }: HeadBatch, sample: number) {
  const weight = (label: number) => classWeights?.[label] ?? 1;
  if (!partners) return [{ label: labels[sample], share: weight(labels[sample]) }];
  const { share } = partners;
  return [
    { label: labels[sample], share: (1 - share) * weight(labels[sample]) },
    { label: partners.labels[sample], share: share * weight(partners.labels[sample]) },
  ];
}

function readRow(rows: ArrayLike<number>, index: number, row: Float64Array): void {
  for (let d = 0; d < row.length; d++) row[d] = rows[index * row.length + d];
}
