import type { Split } from '../data/dataset.ts';
import { cut } from './batches.ts';
import type { NetExecution } from './netExecution.ts';

/** Mean loss and error in percent of a split, in evaluation mode. */
export async function evaluate(
  net: NetExecution,
  { images, labels, count: total }: Split,
  { batch, step }: { batch: number; step: number },
): Promise<{ loss: number; error: number }> {
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
  }
  return { loss: loss / total, error: (100 * errors) / total };
}
