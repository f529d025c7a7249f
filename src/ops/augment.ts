import { augmentationSize, sourcePixel } from '../data/augmentation.ts';
import { eachValue, type Tensor, zeros } from './tensor.ts';

/**
 * Normalised images, each cropped and mirrored as its numbers say. The padding is zero: it comes
 * after the normalisation, so it is as bright as the mean.
 *
 * @param x [samples][channels][height][width]
 * @param augmentations [samples][3], as `drawAugmentations` leaves them
 */
export function augment(x: Tensor, augmentations: Int32Array): Tensor {
  const y = zeros(x.samples, x);
  const pixels = x.height * x.width;
  eachValue(y, (sample, _, i) => {
    const first = sample * augmentationSize;
    const draw = augmentations.subarray(first, first + augmentationSize);
    const pixel = i % pixels;
    const source = sourcePixel(x, draw, Math.floor(pixel / x.width), pixel % x.width);
    if (source >= 0) y.data[i] = x.data[i - pixel + source];
  });
  return y;
}
