import { randomWords } from '../random/index.ts';

/**
 * How training varies the images. `crop-flip` pads an image by 4 on every side, cuts its own size
 * out of that at random and mirrors every other one, as Gastaldi does for CIFAR
 * (arXiv:1705.07485, after He et al. 2015).
 */
export type Augmentation = 'none' | 'crop-flip';

/** Pixels of padding, and so the farthest that a crop moves. */
const padding = 4;
const places = 2 * padding + 1;

/**
 * Numbers that say how one sample is varied, in order: rows down, columns right, 1 where mirrored;
 * top, left and side of a square cut out of what comes out; its partner's place in the batch.
 */
export const augmentationOrder = [
  ...(['down', 'right', 'mirrored'] as const),
  ...(['cutTop', 'cutLeft', 'cutSize'] as const),
  'partner',
] as const;
export const augmentationSize = augmentationOrder.length;
/** Where among them the cut-out square and the partner stand. */
export const cutPlace = augmentationOrder.indexOf('cutTop');
export const partnerPlace = augmentationOrder.indexOf('partner');

/**
 * Draws for each sample of a batch a crop, all of 81 as likely, and whether it is mirrored. The
 * draw depends on seed, epoch and sample alone, so a resumed run draws what the unbroken one drew.
 * One word of 32 bits a sample decides: no outcome is off its 1/162 by more than 2⁻³².
 *
 * @param samples places in the training split, [batch]
 * @param out [batch][augmentationSize]; receives rows down and columns right from −4 to 4, and 1
 *   or 0 where mirrored; the rest stays as it is
 */
export function drawAugmentations(
  { seed, epoch }: { seed: number; epoch: number },
  samples: ArrayLike<number>,
  out: Int32Array,
): void {
  const word = randomWords(seed, 'augment', epoch);
  for (let i = 0; i < samples.length; i++) {
    const outcome = Math.floor((word(samples[i]) / 2 ** 32) * 2 * places * places);
    const crop = outcome >> 1;
    out[i * augmentationSize] = Math.floor(crop / places) - padding;
    out[i * augmentationSize + 1] = (crop % places) - padding;
    out[i * augmentationSize + 2] = outcome & 1;
  }
}

/**
 * Where an augmented image takes its pixel (y, x) from: a place in the plane [height][width], or
 * −1 where that is padding or cut out. The crop comes first, then the mirror, then the cut.
 */
export function sourcePixel(
  { height, width }: { height: number; width: number },
  [down, right, mirrored, top = 0, left = 0, side = 0]: readonly number[] | Int32Array,
  y: number,
  x: number,
): number {
  const row = y + down;
  const column = (mirrored ? width - 1 - x : x) + right;
  const inside = row >= 0 && row < height && column >= 0 && column < width;
  const cut = y >= top && y < top + side && x >= left && x < left + side;
  return inside && !cut ? row * width + column : -1;
}

/**
 * An image of bytes as training would see it, padded with the channels' means: those are what the
 * normalised zeros of the padding stand for.
 *
 * @param image [channels][height][width]
 * @param numbers as `augmentationSize` says; the partner counts for nothing
 */
export function augmentedImage(
  image: Uint8Array,
  size: { height: number; width: number; mean: number[] },
  numbers: readonly number[] | Int32Array,
): Uint8Array {
  const { height, width, mean } = size;
  const pixels = height * width;
  return image.map((_, at) => {
    const [channel, pixel] = [Math.floor(at / pixels), at % pixels];
    const source = sourcePixel(size, numbers, Math.floor(pixel / width), pixel % width);
    return source < 0 ? Math.round(mean[channel]) : image[channel * pixels + source];
  });
}
