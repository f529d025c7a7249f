import type { ImageSize } from '../imageForm.ts';
import { type Shares, type Taps, tapsOf } from './taps.ts';

/** Values of an image: [height][width][bands]. */
export interface Plane extends ImageSize {
  bands: number;
  values: ArrayLike<number>;
}

/**
 * Brings an image to another size: scaled so that it covers the size, what juts out on two sides
 * cut off evenly. The filter is Keys' cubic with a = −½, centred, stretched by the scale where the
 * image shrinks, so that nothing aliases; pixels beyond the border have no weight. The columns are
 * brought in first, then the rows; nothing is rounded.
 *
 * Source: Keys, "Cubic convolution interpolation for digital image processing", 1981; Pillow's
 * `ImageOps.fit` with BICUBIC does the same, but rounds to bytes in between.
 *
 * @returns [height][width][bands] of the new size; what the filter overshoots is left
 */
export function resample(image: Plane, size: ImageSize): Float64Array {
  const { width, height, bands } = image;
  const scale = Math.min(width / size.width, height / size.height);
  const across = tapsOf(width, size.width, size.width * scale);
  const down = tapsOf(height, size.height, size.height * scale);
  const narrow = resampleRows(image, across);
  return resampleColumns(narrow, size.width * bands, down);
}

/** [height][width][bands] to [height][new width][bands]. */
function resampleRows(image: Plane, taps: Taps): Float64Array {
  const out = new Float64Array(image.height * taps.first.length * image.bands);
  if (image.bands === 3 && taps.shares) shrinkColours(image, taps.shares, out);
  else weighBands(image, taps, out);
  return out;
}

/** Reads every pixel once: the sums of the four new pixels that are under way are held, and move on. */
function shrinkColours(image: Plane, { bounds, weights }: Shares, out: Float64Array): void {
  const { height, width, values } = image;
  let to = 0;
  for (let y = 0; y < height; y++) {
    let red0 = 0;
    let red1 = 0;
    let red2 = 0;
    let red3 = 0;
    let green0 = 0;
    let green1 = 0;
    let green2 = 0;
    let green3 = 0;
    let blue0 = 0;
    let blue1 = 0;
    let blue2 = 0;
    let blue3 = 0;
    let at = 3 * (y * width + bounds[0]);
    let share = 0;
    for (let segment = 1; segment < bounds.length; segment++) {
      const end = 3 * (y * width + bounds[segment]);
      for (; at < end; at += 3, share += 4) {
        const red = values[at];
        const green = values[at + 1];
        const blue = values[at + 2];
        const weight0 = weights[share];
        const weight1 = weights[share + 1];
        const weight2 = weights[share + 2];
        const weight3 = weights[share + 3];
        red0 += weight0 * red;
        red1 += weight1 * red;
        red2 += weight2 * red;
        red3 += weight3 * red;
        green0 += weight0 * green;
        green1 += weight1 * green;
        green2 += weight2 * green;
        green3 += weight3 * green;
        blue0 += weight0 * blue;
        blue1 += weight1 * blue;
        blue2 += weight2 * blue;
        blue3 += weight3 * blue;
      }
      if (segment > 3) {
        out[to] = red0;
        out[to + 1] = green0;
        out[to + 2] = blue0;
        to += 3;
      }
      red0 = red1;
      red1 = red2;
      red2 = red3;
      red3 = 0;
      green0 = green1;
      green1 = green2;
      green2 = green3;
      green3 = 0;
      blue0 = blue1;
      blue1 = blue2;
      blue2 = blue3;
      blue3 = 0;
    }
  }
}

function weighBands({ height, width, bands, values }: Plane, taps: Taps, out: Float64Array): void {
  const { first, count, weights, most } = taps;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < first.length; x++) {
      const from = (y * width + first[x]) * bands;
      const end = x * most + count[x];
      for (let band = 0; band < bands; band++) {
        let sum = 0;
        let at = from + band;
        for (let tap = x * most; tap < end; tap++, at += bands) sum += weights[tap] * values[at];
        out[to++] = sum;
      }
    }
  }
}

/** [height][row] to [new height][row]. */
function resampleColumns(values: Float64Array, row: number, taps: Taps): Float64Array {
  const { first, count, weights, most } = taps;
  const out = new Float64Array(first.length * row);
  for (let y = 0; y < first.length; y++) {
    const to = y * row;
    for (let tap = 0; tap < count[y]; tap++) {
      const weight = weights[y * most + tap];
      const from = (first[y] + tap) * row;
      for (let at = 0; at < row; at++) out[to + at] += weight * values[from + at];
    }
  }
  return out;
}
