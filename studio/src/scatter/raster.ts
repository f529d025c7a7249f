import { mixedOrder } from '../../../src/figures/dots.ts';
import type { Square } from '../../../src/figures/limits.ts';
import type { Cloud } from './pick.ts';
import { cutStamp, type Stamp, substeps } from './stamp.ts';

/** How a cloud is to look; lengths are in pixels of the picture. */
export interface RasterLook {
  square: Square;
  /** Side of the square picture. */
  side: number;
  radius: number;
  opacity: number;
  /** As `#rrggbb`, as all colours here. */
  background: string;
  /** Of the classes. */
  colours: readonly string[];
  /** [count], 1 for the samples that stand out; the others fade. Null where none are marked. */
  marked: Uint8Array | null;
}

/** The pixels of a picture, with a margin that dots at the border reach into. */
export interface Raster {
  /** [stride][stride], as a canvas holds them. */
  pixels: Uint32Array<ArrayBuffer>;
  /** Side of the picture and its margins. */
  stride: number;
  margin: number;
}

const faded = 0.18;
const markedOpacity = 0.85;
const markedGrowth = 1.5;

/**
 * Draws a cloud's samples as round translucent dots, pixel by pixel. 60,000 dots take a few
 * milliseconds on any CPU; WebGL, which many browsers emulate, would need a graphics card for that,
 * and the usual library for it compiles with `new Function`, which the content policy forbids.
 */
export function rasterise(cloud: Cloud, look: RasterLook): Raster {
  const { side, radius, opacity, marked } = look;
  const margin = Math.ceil(markedGrowth * radius + 1);
  const stride = side + 2 * margin;
  const pixels = new Uint32Array(stride * stride).fill(wordOf(look.background));
  const raster = { pixels, stride, margin };
  const stamp = (grown: number, strength: number) => cutStamp(grown * radius, strength, stride);
  if (!marked) {
    stampSamples(cloud, look, raster, stamp(1, opacity), null);
  } else {
    stampSamples(cloud, look, raster, stamp(1, faded * opacity), 0);
    stampSamples(cloud, look, raster, stamp(markedGrowth, Math.max(markedOpacity, opacity)), 1);
  }
  return raster;
}

/** Stamps all samples, or only those whose mark is `only`. */
function stampSamples(
  { features, labels, count }: Cloud,
  { square, side, colours, marked }: RasterLook,
  { pixels, stride, margin }: Raster,
  { reach, cuts }: Stamp,
  only: 0 | 1 | null,
): void {
  const unit = side / (2 * square.half);
  const left = square.x - square.half;
  const top = square.y + square.half;
  const [first, last] = [reach, stride - reach];
  const inks = Uint32Array.from(colours, wordOf);
  const order = orderOf(count);
  for (let turn = 0; turn < count; turn++) {
    const sample = order[turn];
    if (only !== null && marked?.[sample] !== only) continue;
    const x = (features[2 * sample] - left) * unit + margin;
    const y = (top - features[2 * sample + 1]) * unit + margin;
    if (!(x >= first && x < last && y >= first && y < last)) continue;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const place = Math.floor((y - row) * substeps) * substeps + Math.floor((x - column) * substeps);
    blend(pixels, row * stride + column, cuts[place], inks[labels[sample] % inks.length]);
  }
}

/** Blends a colour into the pixels that a stamp covers: red and blue in one product, then green. */
function blend(
  pixels: Uint32Array,
  middle: number,
  { offsets, covers }: Stamp['cuts'][number],
  ink: number,
): void {
  const [inkRedBlue, inkGreen] = [ink & 0xff00ff, ink & 0x00ff00];
  for (let i = 0; i < offsets.length; i++) {
    const at = middle + offsets[i];
    const cover = covers[i];
    const rest = 256 - cover;
    const under = pixels[at];
    const redBlue = Math.imul(inkRedBlue, cover) + Math.imul(under & 0xff00ff, rest);
    const green = Math.imul(inkGreen, cover) + Math.imul(under & 0x00ff00, rest);
    pixels[at] = 0xff000000 | ((redBlue >>> 8) & 0xff00ff) | ((green >>> 8) & 0x00ff00);
  }
}

let knownOrder = new Uint32Array();

/** The order that mixes classes; clouds drawn in turn mostly have the same count. */
function orderOf(count: number): Uint32Array {
  if (knownOrder.length !== count) knownOrder = Uint32Array.from(mixedOrder(count));
  return knownOrder;
}

/** An opaque pixel as it lies in memory on today's machines: red in the lowest byte. */
function wordOf(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
