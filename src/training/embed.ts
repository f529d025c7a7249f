import type { Split } from '../data/dataset.ts';
import { epochOrder } from '../data/sampleOrder.ts';
import { roundUp } from '../program/slots.ts';
import { cut } from './batches.ts';
import type { NetExecution } from './netExecution.ts';

/** Batch statistics and drawn coefficients, or running statistics and expected ones. */
export type EmbedMode = 'train' | 'evaluate';

/** Features of a split, or of some of its images, in their order. */
export interface EmbeddedSplit {
  /** [count][dimensions] */
  features: Float32Array;
  dimensions: number;
  count: number;
  /** [count] */
  labels: Uint16Array;
  /** [count], the class of the largest logit */
  predictions: Uint16Array;
}

/** Passes draw coefficients that no training step has drawn. */
const firstPass = 2 ** 31;

/**
 * Passes images of a split through the net without updating anything (paper, Fig. 3). In train
 * mode the batches are mixed by a seeded order, because their statistics count, and a last batch
 * that is no multiple of 16 is filled up with images from the start of that order.
 *
 * @param places of the images in the split; all of it when left out
 */
export async function embed(
  net: NetExecution,
  split: Split,
  mode: EmbedMode,
  { batch, seed }: { batch: number; seed: number },
  places?: Uint32Array,
): Promise<EmbeddedSplit> {
  const dimensions = net.net.features;
  const total = places?.length ?? split.count;
  const features = new Float32Array(total * dimensions);
  const predictions = new Uint16Array(total);
  const order = epochOrder(seed, 0, total);
  net.execution.setHyper({ statisticsMomentum: 0 });
  for (const [index, { first, count }] of cut(total, batch).entries()) {
    const samples = roundUp(count);
    const chosen = Array.from({ length: samples }, (_, i) => order[(first + i) % total]);
    net.choose(split.images, places ? chosen.map((sample) => places[sample]) : chosen);
    if (mode === 'evaluate') await net.evaluate(count);
    else await net.forward({ seed, step: firstPass + index }, samples);
    await net.head.computeLogits(count);
    for (let i = 0; i < count; i++) {
      const from = net.head.features.subarray(i * dimensions, (i + 1) * dimensions);
      features.set(from, chosen[i] * dimensions);
      predictions[chosen[i]] = net.head.prediction(i);
    }
  }
  const labels = places
    ? Uint16Array.from(places, (place) => split.labels[place])
    : split.labels.slice();
  return { features, dimensions, count: total, labels, predictions };
}
