import { augmentationSize, partnerPlace, sourcePixel } from '../data/augmentation.ts';
import { eachValue, type Tensor, zeros } from './tensor.ts';

/**
 * Normalised images, each cropped, mirrored and cut out as its numbers say. The padding is zero:
 * it comes after the normalisation, so it is as bright as the mean.
 *
 * @param x [samples][channels][height][width]
 * @param augmentations [samples][augmentationSize]
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

/**
 * Images mixed in pairs: (1 − share) times each plus share times its partner (mixup).
 *
 * @param x [samples][channels][height][width]
 * @param augmentations [samples][augmentationSize], which name the partners
 */
export function blend(x: Tensor, augmentations: Int32Array, share: number): Tensor {
  if (share === 0) return x;
  const y = zeros(x.samples, x);
  const size = x.channels * x.height * x.width;
  eachValue(y, (sample, _, i) => {
    const partner = augmentations[sample * augmentationSize + partnerPlace];
    y.data[i] = (1 - share) * x.data[i] + share * x.data[partner * size + (i % size)];
  });
  return y;
}
