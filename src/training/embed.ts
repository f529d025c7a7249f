import type { Split } from '../data/dataset.ts';
import { epochOrder } from '../data/sampleOrder.ts';
import { block } from '../program/slots.ts';
import { cut } from './batches.ts';
import type { Model } from './model.ts';

/** Batch statistics and drawn coefficients, or running statistics and expected ones. */
export type EmbedMode = 'train' | 'evaluate';

/** Features of a split, in the order of its images. */
export interface EmbeddedSplit {
  /** [count][dimensions] */
  features: Float32Array;
  dimensions: number;
  count: number;
  labels: Uint16Array;
  predictions: Uint16Array;
}

/** Passes draw coefficients that no training step has drawn. */
const firstPass = 2 ** 31;

/**
 * Passes a split through the model without updating anything (paper, Fig. 3). In train mode the
 * batches are mixed by a seeded order, because their statistics count, and a last batch that is
 * no multiple of 16 is filled up with images from the start of that order.
 */
export async function embed(
  model: Model,
  split: Split,
  mode: EmbedMode,
  { batch, seed }: { batch: number; seed: number },
): Promise<EmbeddedSplit> {
  const dimensions = model.net.features;
  const features = new Float32Array(split.count * dimensions);
  const predictions = new Uint16Array(split.count);
  const order = epochOrder(seed, 0, split.count);
  model.execution.setImages(split.images);
  model.execution.setHyper({ statisticsMomentum: 0 });
  for (const [index, { first, count }] of cut(split.count, batch).entries()) {
    const samples = Math.ceil(count / block) * block;
    const chosen = Array.from({ length: samples }, (_, i) => order[(first + i) % split.count]);
    model.select(chosen);
    if (mode === 'evaluate') await model.evaluate(count);
    else {
      model.draw(seed, firstPass + index, samples);
      await model.forward(samples);
      model.computeLogits(count);
    }
    for (let i = 0; i < count; i++) {
      const from = model.features.subarray(i * dimensions, (i + 1) * dimensions);
      features.set(from, chosen[i] * dimensions);
      predictions[chosen[i]] = model.prediction(i);
    }
  }
  return { features, dimensions, count: split.count, labels: split.labels.slice(), predictions };
}
