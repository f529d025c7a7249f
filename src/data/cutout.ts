import { randomWords } from '../random/index.ts';
import { augmentationSize, cutPlace } from './augmentation.ts';

/**
 * Draws for each sample of a batch a square to cut out of what training sees of it. Its centre may
 * be any pixel, so that part of the square may lie outside. The draw depends on seed, epoch and
 * sample alone, so a resumed run draws what the unbroken one drew.
 *
 * Source: DeVries and Taylor, "Improved regularization of convolutional neural networks with
 * cutout", 2017 (arXiv:1708.04552); they use 16 for CIFAR-10 and 8 for CIFAR-100.
 *
 * @param side pixels along a side of the square
 * @param samples places in the training split, [batch]
 * @param out [batch][augmentationSize]; receives the square's top, left and side
 */
export function drawCutouts(
  { seed, epoch, side }: { seed: number; epoch: number; side: number },
  { height, width }: { height: number; width: number },
  samples: ArrayLike<number>,
  out: Int32Array,
): void {
  const word = randomWords(seed, 'cutout', epoch);
  const before = Math.floor(side / 2);
  for (let i = 0; i < samples.length; i++) {
    const centre = Math.floor((word(samples[i]) / 2 ** 32) * height * width);
    const top = Math.floor(centre / width) - before;
    const left = (centre % width) - before;
    out.set([top, left, side], i * augmentationSize + cutPlace);
  }
}
