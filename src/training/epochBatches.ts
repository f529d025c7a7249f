import type { Dataset } from '../data/dataset.ts';
import { type Sampling, visitsOf } from '../data/sampling/sampling.ts';
import type { BatchRange } from './batches.ts';

/** The samples of a step, and what tells apart the times that an epoch visits one. */
export interface StepSamples {
  indices: Uint32Array;
  visits: Uint32Array;
}

/** The samples of an epoch's steps: those of step `index` of it. */
export function epochBatches(
  { train, classNames }: Dataset,
  batches: readonly BatchRange[],
  sampling: Sampling,
  { seed, epoch }: { seed: number; epoch: number },
): (index: number) => StepSamples {
  const order = sampling.order(seed, epoch, { labels: train.labels, classes: classNames.length });
  const visits = visitsOf(order, train.count);
  return (index) => {
    const { first, count } = batches[index];
    const [indices, own] = [order, visits].map((all) => all.subarray(first, first + count));
    return { indices, visits: own };
  };
}
