import type { Frame } from './transform.ts';

/** Where the pixel (y, x) of what comes out is taken from: row a y + b x + c, column d y + e x + f. */
export type Affine = readonly [number, number, number, number, number, number];

/** A part of an image, in pixels. */
export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

/**
 * An image seen through an affine map, interpolated between the four nearest pixels, which stand at whole
 * coordinates. What lies beyond the edge is as bright as the channel's mean.
 *
 * @param image [channels][height][width]
 * @param box where it is given, what lies beyond it is what lies at its edge
 */
export function warp(
  image: Uint8Array,
  frame: Frame,
  [a, b, c, d, e, f]: Affine,
  box?: Box,
): Uint8Array {
  const { height, width } = frame;
  const out = new Uint8Array(image.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const [row, column] = [a * y + b * x + c, d * y + e * x + f];
      if (box) {
        const top = clamp(row, box.top, box.height);
        interpolate(image, frame, out, at, top, clamp(column, box.left, box.width));
      } else interpolate(image, frame, out, at, row, column);
    }
  return out;
}

const clamp = (value: number, first: number, size: number): number =>
  Math.min(first + size - 1, Math.max(first, value));

/** Writes every channel's value at (row, column) to place `at` of its plane. */
function interpolate(
  image: Uint8Array,
  frame: Frame,
  out: Uint8Array,
  at: number,
  row: number,
  column: number,
): void {
  const { height, width } = frame;
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [down, right] = [row - top, column - left];
  for (let channel = 0; channel < frame.channels; channel++) {
    const one = pixel(image, frame, channel, top, left);
    const two = pixel(image, frame, channel, top, left + 1);
    const three = pixel(image, frame, channel, top + 1, left);
    const four = pixel(image, frame, channel, top + 1, left + 1);
    const [above, below] = [one + (two - one) * right, three + (four - three) * right];
    out[channel * height * width + at] = Math.round(above + (below - above) * down);
  }
}

/** A pixel, or the channel's mean beyond the edge. */
function pixel(
  image: Uint8Array,
  { height, width, mean }: Frame,
  channel: number,
  y: number,
  x: number,
): number {
  const inside = y >= 0 && x >= 0 && y < height && x < width;
  return inside ? image[(channel * height + y) * width + x] : mean[channel];
}

/** The map of an image about its middle: rows and columns from there, times a matrix. */
export function aboutMiddle(
  { height, width }: Frame,
  [a, b, d, e]: readonly [number, number, number, number],
): Affine {
  const [y, x] = [(height - 1) / 2, (width - 1) / 2];
  return [a, b, y - a * y - b * x, d, e, x - d * y - e * x];
}

/** An image turned about its middle, anticlockwise by so many degrees. */
export function turned(image: Uint8Array, frame: Frame, degrees: number): Uint8Array {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return warp(image, frame, aboutMiddle(frame, [cos, sin, -sin, cos]));
}

/** An image moved by whole pixels, down and to the right. */
export function moved(image: Uint8Array, frame: Frame, down: number, right: number): Uint8Array {
  return remapped(image, frame, (y, x) => [y - down, x - right]);
}

/** An image whose pixel (y, x) is another one, or the channel's mean where that is beyond the edge. */
export function remapped(
  image: Uint8Array,
  { height, width, mean }: Frame,
  source: (y: number, x: number) => readonly [number, number],
): Uint8Array {
  const pixels = height * width;
  const out = new Uint8Array(image.length);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [y, x] = source(Math.floor(pixel / width), pixel % width);
    const inside = y >= 0 && x >= 0 && y < height && x < width;
    for (let channel = 0, plane = 0; plane < image.length; channel++, plane += pixels)
      out[plane + pixel] = inside ? image[plane + y * width + x] : Math.round(mean[channel]);
  }
  return out;
}
