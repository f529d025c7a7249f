import { permutation, randomStream } from '../random/index.ts';

/**
 * The order in which an epoch visits the training images: a permutation of 0 … count − 1, the same
 * for the same (seed, epoch, count) for ever, so that a resumed run goes on exactly.
 */
export function epochOrder(seed: number, epoch: number, count: number): Uint32Array {
  return permutation(randomStream(seed, 'order', epoch), count);
}
