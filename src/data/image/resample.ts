import type { ImageSize } from '../imageForm.ts';
import { shrunk } from './shrink.ts';
import { type Taps, tapsOf } from './taps.ts';

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
  return (
    shrunk(image, across, down) ??
    resampleColumns(resampleRows(image, across), size.width * bands, down)
  );
}

/** [height][width][bands] to [height][new width][bands]. */
function resampleRows({ height, width, bands, values }: Plane, taps: Taps): Float64Array {
  const { first, count, weights, most } = taps;
  const out = new Float64Array(height * first.length * bands);
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
  return out;
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
