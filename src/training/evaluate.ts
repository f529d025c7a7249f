import type { Split } from '../data/dataset.ts';
import { cut } from './batches.ts';
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

/** Passes a split through the net and its head; updates nothing. */
export async function evaluate(
  net: NetExecution,
  { images, labels, count: total }: Split,
  { batch, step }: { batch: number; step: number },
): Promise<Evaluation> {
  const { classes } = net.head;
  const logits = new Float32Array(total * classes);
  let loss = 0;
  let errors = 0;
  for (const { first, count } of cut(total, batch)) {
    net.choose(
      images,
      Array.from({ length: count }, (_, i) => first + i),
    );
    await net.evaluate(count);
    const own = labels.subarray(first, first + count);
    loss += net.head.loss({ labels: own, count, step, training: false }) * count;
    errors += net.head.errorsAgainst(own, count);
    logits.set(net.head.logits.subarray(0, count * classes), first * classes);
  }
  return { loss: loss / total, error: (100 * errors) / total, logits, labels, classes };
}
