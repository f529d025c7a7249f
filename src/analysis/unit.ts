import type { Embedding } from './embedding.ts';

/** The same samples with features of unit length; those at the origin have no direction and go. */
export function unitFeatures(embedding: Embedding): Embedding {
  const { features, dimensions, count, labels, classes } = embedding;
  const unit: number[] = [];
  const kept: number[] = [];
  for (let sample = 0; sample < count; sample++) {
    const own = Array.from(features.subarray(sample * dimensions, (sample + 1) * dimensions));
    const length = Math.hypot(...own);
    if (length === 0) continue;
    kept.push(labels[sample]);
    for (const value of own) unit.push(value / length);
  }
  return {
    features: Float32Array.from(unit),
    dimensions,
    count: kept.length,
    labels: kept,
    classes,
  };
}

/** The inner product of two vectors of one length. */
export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let d = 0; d < one.length; d++) sum += one[d] * other[d];
  return sum;
}
