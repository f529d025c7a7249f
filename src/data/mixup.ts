import { permutation, randomStream, symmetricBeta } from '../random/index.ts';
import { augmentationSize, partnerPlace } from './augmentation.ts';

/**
 * Draws how a batch is mixed with itself: every image gets another place's image as its partner,
 * and the whole batch one share of the partners, 1 − λ with λ from Beta(α, α). The draw depends on
 * seed and step alone, so a resumed run draws what the unbroken one drew.
 *
 * Source: Zhang, Cissé, Dauphin and Lopez-Paz, "mixup", ICLR 2018 (arXiv:1710.09412).
 *
 * @param samples size of the batch
 * @param out [at least samples][augmentationSize]; receives the partners' places
 * @returns the partners' share, in [0, 1]
 */
export function drawMixup(
  { seed, step, alpha }: { seed: number; step: number; alpha: number },
  samples: number,
  out: Int32Array,
): number {
  const stream = randomStream(seed, 'mixup', step);
  const share = 1 - symmetricBeta(stream, alpha);
  permutation(stream, samples).forEach((partner, place) => {
    out[place * augmentationSize + partnerPlace] = partner;
  });
  return share;
}
