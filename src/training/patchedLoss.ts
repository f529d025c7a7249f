import type { Head, HeadBatch } from '../heads/head.ts';

/** Labels of a batch, and what they count in its loss. */
export interface LabelShare {
  labels: readonly number[];
  /** Shares add up to 1. */
  share: number;
}

/**
 * The loss of images that have several labels each: the sum of the head's losses by each of them, by their shares.
 * Gradients add up alike; the head's state moves once.
 *
 * @param head one whose loss is a sum over samples (`mixesLabels`)
 * @param batch its own labels count for nothing
 */
export function patchedLoss(head: Head, batch: HeadBatch, targets: readonly LabelShare[]): number {
  const gradients = [batch.featureGradients, ...batch.gradients];
  const sums = gradients.map(({ length }) => new Float64Array(length));
  const before = batch.state.map((values) => values.slice());
  let total = 0;
  for (const { labels, share } of targets) {
    batch.state.forEach((values, index) => {
      values.set(before[index]);
    });
    total += share * head.loss({ ...batch, labels });
    for (const [index, sum] of sums.entries())
      for (let i = 0; i < sum.length; i++) sum[i] += share * gradients[index][i];
  }
  gradients.forEach((values, index) => {
    values.set(sums[index]);
  });
  return total;
}
