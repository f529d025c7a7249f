import { z } from 'zod';
import { family, positiveOption } from '../options/index.ts';
import type { HeadBatch } from './head.ts';
import { addPull, metricHead, squaredDistance } from './metric.ts';

const options = z.strictObject({
  /** Distance from which on two classes no longer push each other away. */
  margin: positiveOption(1),
});

/** Nearer than this, two samples of different classes have no direction to part in. */
const nearest = 1e-6;

/**
 * Contrastive loss, averaged over all pairs of a batch: d² / 2 for two samples of a class at
 * distance d, max(0, m − d)² / 2 for two of different classes. Predicts the nearest class mean.
 *
 * Source: Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping", 2006.
 */
export const contrastive = family(
  {
    summary: 'pulls pairs of a class together, pushes others a margin apart',
    source: 'Hadsell, Chopra & LeCun 2006, doi:10.1109/CVPR.2006.100',
    options,
  },
  (name, { margin }) =>
    metricHead(name, { kind: 'contrastive', margin }, (batch, gradients) =>
      pairLoss(batch, margin, gradients),
    ),
);

function pairLoss(batch: HeadBatch, margin: number, gradients: Float64Array): number {
  const { count, labels } = batch;
  const share = 2 / Math.max(1, count * (count - 1));
  let total = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const square = squaredDistance(batch, i, j);
      if (!Number.isFinite(square)) return Number.NaN;
      if (labels[i] === labels[j]) {
        total += (share * square) / 2;
        addPull(batch, i, j, share, gradients);
        continue;
      }
      const distance = Math.sqrt(square);
      const gap = margin - distance;
      if (gap <= 0) continue;
      total += (share * gap ** 2) / 2;
      if (distance > nearest) addPull(batch, i, j, (-share * gap) / distance, gradients);
    }
  return total;
}
