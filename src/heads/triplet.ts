import { z } from 'zod';
import { family, positiveOption } from '../options/index.ts';
import type { HeadBatch } from './head.ts';
import { addPull, metricHead, squaredDistance } from './metric.ts';

const options = z.strictObject({
  /** By how much the squared distance to another class must exceed that within the class. */
  margin: positiveOption(1),
});

/**
 * Triplet loss, averaged over all pairs (anchor, positive) of a class in the batch:
 * max(0, d²(anchor, positive) − d²(anchor, negative) + m). The negative is semi-hard: of another
 * class, the nearest of those farther away than the positive; where none is, the farthest of all.
 * Predicts the nearest class mean.
 *
 * Source: Schroff, Kalenichenko and Philbin, "FaceNet", 2015, section 3.2.
 */
export const triplet = family(
  {
    summary: 'wants every other class farther away than the own, by a margin',
    source: 'Schroff et al. 2015, arXiv:1503.03832',
    options,
  },
  (name, { margin }) =>
    metricHead(name, { kind: 'triplet', margin }, (batch, gradients) =>
      tripletLoss(batch, margin, gradients),
    ),
);

function tripletLoss(batch: HeadBatch, margin: number, gradients: Float64Array): number {
  const { count } = batch;
  const distances = Float64Array.from({ length: count * count }, (_, i) =>
    squaredDistance(batch, Math.floor(i / count), i % count),
  );
  if (!distances.every(Number.isFinite)) return Number.NaN;
  const triplets = tripletsOf(batch, distances);
  const share = 1 / Math.max(1, triplets.length);
  let total = 0;
  for (const [anchor, positive, negative] of triplets) {
    const row = anchor * count;
    const excess = distances[row + positive] - distances[row + negative] + margin;
    if (excess <= 0) continue;
    total += share * excess;
    addPull(batch, anchor, positive, 2 * share, gradients);
    addPull(batch, anchor, negative, -2 * share, gradients);
  }
  return total;
}

/** [anchor, positive, negative] for every pair of a class that has a sample of another beside it. */
function tripletsOf({ labels, count }: HeadBatch, distances: Float64Array): number[][] {
  const samples = Array.from({ length: count }, (_, i) => i);
  return samples.flatMap((anchor) => {
    const others = samples
      .filter((other) => labels[other] !== labels[anchor])
      .sort((a, b) => distances[anchor * count + a] - distances[anchor * count + b]);
    if (others.length === 0) return [];
    const positives = samples.filter((i) => i !== anchor && labels[i] === labels[anchor]);
    return positives.map((positive) => {
      const reach = distances[anchor * count + positive];
      const farther = others.find((other) => distances[anchor * count + other] > reach);
      return [anchor, positive, farther ?? others[others.length - 1]];
    });
  });
}
