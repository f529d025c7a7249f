import { fitted } from '../text/fit.ts';
import type { ImageSize } from './pixels.ts';
import { imageUrl, renderSvg } from './render.ts';
import { element, label, picture } from './svg.ts';
import { textWidth } from './textWidth.ts';
import { theme } from './theme.ts';

/** An image that was taken for another class. */
export interface WrongImage {
  /** [channels][height][width] bytes */
  image: Uint8Array;
  trueClass: string;
  predictedClass: string;
  /** Probability of the predicted class, from 0 to 1. */
  confidence: number;
}

const columns = 6;
const cell = { width: 132, image: 120, words: 48 };
const margin = { side: 16, top: 44, bottom: 12 };
const resolution = 2;

/**
 * Draws images six to a row, with what each was taken for, how surely, and what it is.
 *
 * @returns a PNG
 */
export async function drawWrongest(
  heading: string,
  size: ImageSize,
  samples: readonly WrongImage[],
): Promise<Buffer> {
  const rows = Math.max(1, Math.ceil(samples.length / columns));
  const width = 2 * margin.side + columns * cell.width;
  const height = margin.top + rows * (cell.image + cell.words) + margin.bottom;
  const above = { 'font-size': 15, 'font-weight': 600 };
  const title = label(margin.side, 28, fitted(heading, width, textWidth(15)), above);
  const drawn = await Promise.all(samples.map((sample, index) => drawSample(sample, size, index)));
  const svg = picture({ width, height, title: heading }, title, ...drawn.flat());
  return renderSvg(svg, resolution);
}

/** An image on the foot of its cell, with two lines of words below. */
async function drawSample(sample: WrongImage, size: ImageSize, index: number): Promise<string[]> {
  const x = margin.side + (index % columns) * cell.width;
  const y = margin.top + Math.floor(index / columns) * (cell.image + cell.words);
  const scale = cell.image / Math.max(size.width, size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  const pixels = (length: number) => Math.max(1, Math.round(length * resolution));
  const shown = { width: pixels(width), height: pixels(height) };
  const href = await imageUrl(sample.image, size, shown);
  const below = y + cell.image;
  const sure = `, ${(100 * sample.confidence).toFixed(0)} %`;
  return [
    element('image', { x, y: below - height, width, height, href }),
    write(sample.predictedClass, x, below + 17, { tail: sure }),
    write(`is ${sample.trueClass}`, x, below + 34, { colour: theme.faint }),
  ];
}

/** A text cut to its room, before a tail that is never cut. */
function write(
  text: string,
  x: number,
  y: number,
  { colour = theme.ink, tail = '' }: { colour?: string; tail?: string },
): string {
  const shown = fitted(text, cell.width - 8, (own) => textWidth(13)(own + tail));
  return label(x, y, shown + tail, { 'font-size': 13, fill: colour });
}
