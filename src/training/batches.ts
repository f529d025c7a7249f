import { option, RequestError } from '../errors.ts';
import { block } from '../program/slots.ts';

/** Half-open range of places in an epoch's order. */
export interface BatchRange {
  first: number;
  count: number;
}

/**
 * An epoch cut into batches: the last one is smaller, a multiple of 16; the fewer than 16 images
 * that remain, others in every epoch, sit this one out.
 *
 * @throws RequestError if there are fewer than 16 images
 */
export function trainingBatches(count: number, batch: number): BatchRange[] {
  const used = Math.floor(count / block) * block;
  if (used === 0) {
    throw new RequestError(
      `${count} training images: at least ${block} are needed; raise ${option('trainSize')}`,
    );
  }
  return cut(used, batch);
}

/** All images of a split cut into batches; only the last one may be smaller, by any number. */
export const cut = (count: number, batch: number): BatchRange[] =>
  Array.from({ length: Math.ceil(count / batch) }, (_, index) => {
    const first = index * batch;
    return { first, count: Math.min(batch, count - first) };
  });
