import type { ImageSize } from '../imageForm.ts';

/** Values of an image: [height][width][bands]. */
export interface Plane extends ImageSize {
  bands: number;
  values: ArrayLike<number>;
}

/** A part of one axis: where it begins, and how long it is, in pixels and fractions of them. */
interface Span {
  start: number;
  length: number;
}

/** For every pixel of a new axis: its first old one and the weights from there on, summing to 1. */
interface Taps {
  first: number[];
  weights: Float64Array[];
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
  const across = tapsOf(width, size.width, centred(width, size.width * scale));
  const down = tapsOf(height, size.height, centred(height, size.height * scale));
  const narrow = resampleRows(image, across);
  return resampleColumns(narrow, size.width * bands, down);
}

const centred = (size: number, length: number): Span => ({ start: (size - length) / 2, length });

function tapsOf(size: number, wanted: number, { start, length }: Span): Taps {
  const scale = length / wanted;
  const stretch = Math.max(scale, 1);
  const taps: Taps = { first: [], weights: [] };
  for (let at = 0; at < wanted; at++) {
    const centre = start + (at + 0.5) * scale;
    const first = Math.max(0, Math.round(centre - 2 * stretch));
    const end = Math.min(size, Math.round(centre + 2 * stretch));
    const weights = Float64Array.from({ length: end - first }, (_, tap) =>
      cubic((first + tap + 0.5 - centre) / stretch),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    taps.first.push(first);
    taps.weights.push(weights.map((weight) => weight / sum));
  }
  return taps;
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/** [height][width][bands] to [height][new width][bands]; three bands at once where there are so many. */
function resampleRows({ height, width, bands, values }: Plane, { first, weights }: Taps) {
  const out = new Float64Array(height * first.length * bands);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < first.length; x++) {
      const from = (y * width + first[x]) * bands;
      if (bands === 3) sumColours(values, from, weights[x], out, to);
      else sumBands(values, from, weights[x], out.subarray(to, to + bands));
      to += bands;
    }
  }
  return out;
}

function sumColours(
  values: ArrayLike<number>,
  from: number,
  weights: Float64Array,
  out: Float64Array,
  to: number,
): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let tap = 0, at = from; tap < weights.length; tap++, at += 3) {
    const weight = weights[tap];
    red += weight * values[at];
    green += weight * values[at + 1];
    blue += weight * values[at + 2];
  }
  out[to] = red;
  out[to + 1] = green;
  out[to + 2] = blue;
}

function sumBands(
  values: ArrayLike<number>,
  from: number,
  weights: Float64Array,
  out: Float64Array,
): void {
  for (let band = 0; band < out.length; band++) {
    let sum = 0;
    let at = from + band;
    for (let tap = 0; tap < weights.length; tap++, at += out.length)
      sum += weights[tap] * values[at];
    out[band] = sum;
  }
}

/** [height][row] to [new height][row]. */
function resampleColumns(values: Float64Array, row: number, { first, weights }: Taps) {
  const out = new Float64Array(first.length * row);
  for (let y = 0; y < first.length; y++) {
    const to = out.subarray(y * row, (y + 1) * row);
    for (const [tap, weight] of weights[y].entries()) {
      const from = (first[y] + tap) * row;
      for (let at = 0; at < row; at++) to[at] += weight * values[from + at];
    }
  }
  return out;
}
