import type { Frame } from './transform.ts';

/** Turns an image of bytes, [channels][height][width], into another, the more the larger the amount. */
export type Photometric = (image: Uint8Array, frame: Frame, amount: number) => Uint8Array;

const byte = (value: number): number => Math.min(255, Math.max(0, Math.floor(value)));

/** A copy in which every value goes through a table of its channel's. */
function through(
  image: Uint8Array,
  { channels }: Frame,
  table: (plane: Uint8Array) => (value: number) => number,
): Uint8Array {
  const size = image.length / channels;
  const out = new Uint8Array(image.length);
  for (let start = 0; start < image.length; start += size) {
    const plane = image.subarray(start, start + size);
    out.set(plane.map(table(plane)), start);
  }
  return out;
}

/** Values towards or away from another image's: other + factor · (value − other). */
const blend = (image: Uint8Array, factor: number, other: (i: number) => number): Uint8Array =>
  image.map((value, i) => byte(other(i) + factor * (value - other(i))));

/** The brightness of every pixel: 0.299 R + 0.587 G + 0.114 B, or the mean of other channels. */
function greyOf(image: Uint8Array, { channels }: Frame): Float64Array {
  const size = image.length / channels;
  const weights = channels === 3 ? [0.299, 0.587, 0.114] : Array(channels).fill(1 / channels);
  const grey = new Float64Array(size);
  for (let i = 0; i < image.length; i++) grey[i % size] += weights[Math.floor(i / size)] * image[i];
  return grey;
}

/** Brighter by a factor of 1 + amount. */
export const brightness: Photometric = (image, _, amount) => blend(image, 1 + amount, () => 0);

/** Colours away from the pixel's grey by a factor of 1 + amount; one channel stays as it is. */
export const saturation: Photometric = (image, frame, amount) => {
  if (frame.channels === 1) return image;
  const grey = greyOf(image, frame);
  return blend(image, 1 + amount, (i) => grey[i % grey.length]);
};

/** Values away from the image's mean grey by a factor of 1 + amount. */
export const contrast: Photometric = (image, frame, amount) => {
  const grey = greyOf(image, frame);
  const mean = grey.reduce((sum, value) => sum + value / grey.length, 0);
  return blend(image, 1 + amount, () => mean);
};

/** Values away from a smoothed image by a factor of 1 + amount; the edge stays as it is. */
export const sharpness: Photometric = (image, frame, amount) => {
  const smooth = smoothed(image, frame);
  return blend(image, 1 + amount, (i) => smooth[i]);
};

/** Every value and its eight neighbours, weighed 5 : 1 and divided by 13. */
function smoothed(image: Uint8Array, { height, width }: Frame): Uint8Array {
  const around = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => y * width + x));
  return image.map((value, i) => {
    const [x, y] = [i % width, Math.floor(i / width) % height];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return value;
    let sum = 4 * value;
    for (const step of around) sum += image[i + step];
    return Math.round(sum / 13);
  });
}

/** Keeps so many of the upper bits. */
export const posterize: Photometric = (image, _, bits) => {
  const mask = 256 - 2 ** (8 - bits);
  return image.map((value) => value & mask);
};

/** Inverts values from a threshold on. */
export const solarize: Photometric = (image, _, threshold) =>
  image.map((value) => (value >= threshold ? 255 - value : value));

/** Stretches each channel from its darkest to its brightest value over 0…255. */
export const autoContrast: Photometric = (image, frame) =>
  through(image, frame, (plane) => {
    const [least, most] = [plane.reduce((a, b) => Math.min(a, b)), Math.max(...plane)];
    return (value) => (most > least ? byte(((value - least) * 255) / (most - least)) : value);
  });

/** Spreads each channel's values so that all are about as frequent, as Pillow does. */
export const equalize: Photometric = (image, frame) =>
  through(image, frame, (plane) => {
    const histogram = new Uint32Array(256);
    for (const value of plane) histogram[value]++;
    const last = histogram.reduce((found, count) => count || found, 0);
    const step = Math.floor((plane.length - last) / 255);
    if (step === 0) return (value) => value;
    let below = step >> 1;
    const table = Array.from(histogram, (count) => {
      const level = Math.floor(below / step);
      below += count;
      return Math.min(255, level);
    });
    return (value) => table[value];
  });
