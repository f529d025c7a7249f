import type { Split } from '../data/dataset.ts';
import { type BatchRange, cut } from './batches.ts';
import type { NetExecution } from './netExecution.ts';

/** What a net says of a split in evaluation mode. */
export interface Evaluation {
  /** Mean over the samples. */
  loss: number;
  /** In percent. */
  error: number;
  /**
   * [count][classes]: a sample is given the class of the largest. Margins are left out; a head that
   * compares distances gives minus the squared distance to the mean of every class.
   */
  logits: Float32Array;
  /** [count] */
  labels: Uint16Array;
  classes: number;
}

/**
 * Passes images through the net and its head in evaluation mode, a batch at a time, and tells of each,
 * whose logits stand until the next is asked for.
 */
async function* passes(
  net: NetExecution,
  { images, count: total }: Pick<Split, 'images' | 'count'>,
  batch: number,
): AsyncGenerator<BatchRange> {
  for (const range of cut(total, batch)) {
    const { first, count } = range;
    net.choose(
      images,
      Array.from({ length: count }, (_, i) => first + i),
    );
    await net.evaluate(count);
    yield range;
  }
}

/** The logits [count][classes] of images without labels. */
export async function logitsOf(
  net: NetExecution,
  images: Pick<Split, 'images' | 'count'>,
): Promise<Float32Array> {
  const { classes } = net.head;
  const logits = new Float32Array(images.count * classes);
  for await (const { first, count } of passes(net, images, net.program.batch)) {
    await net.head.computeLogits(count);
    logits.set(net.head.logits.subarray(0, count * classes), first * classes);
  }
  return logits;
}

/** Passes a split through the net and its head; updates nothing. */
export async function evaluate(
  net: NetExecution,
  split: Split,
  { batch, step }: { batch: number; step: number },
): Promise<Evaluation> {
  const { labels, count: total } = split;
  const { classes } = net.head;
  const logits = new Float32Array(total * classes);
  let loss = 0;
  let errors = 0;
  for await (const { first, count } of passes(net, split, batch)) {
    const own = labels.subarray(first, first + count);
    const told = await net.head.loss({ labels: own, count, step, training: false });
    loss += told.loss * count;
    errors += told.errors;
    logits.set(net.head.logits.subarray(0, count * classes), first * classes);
  }
  return { loss: loss / total, error: (100 * errors) / total, logits, labels, classes };
}
