import { createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import { fitted } from '../text/fit.ts';
import { type ImageSize, pixelsOf } from './pixels.ts';
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
export function drawWrongest(
  heading: string,
  size: ImageSize,
  samples: readonly WrongImage[],
): Buffer {
  const rows = Math.max(1, Math.ceil(samples.length / columns));
  const width = 2 * margin.side + columns * cell.width;
  const height = margin.top + rows * (cell.image + cell.words) + margin.bottom;
  const canvas = createCanvas(width * resolution, height * resolution);
  const context = canvas.getContext('2d');
  context.scale(resolution, resolution);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  write(context, heading, margin.side, 28, { weight: 600, room: width });
  samples.forEach((sample, index) => {
    const x = margin.side + (index % columns) * cell.width;
    const y = margin.top + Math.floor(index / columns) * (cell.image + cell.words);
    drawImage(context, sample.image, size, x, y);
    const below = y + cell.image;
    const sure = `, ${(100 * sample.confidence).toFixed(0)} %`;
    write(context, sample.predictedClass, x, below + 17, { tail: sure });
    write(context, `is ${sample.trueClass}`, x, below + 34, { colour: theme.faint });
  });
  return canvas.toBuffer('image/png');
}

/** Small images are enlarged without smoothing, large ones made smaller with it. */
function drawImage(
  context: SKRSContext2D,
  image: Uint8Array,
  size: ImageSize,
  x: number,
  y: number,
): void {
  const { height, width } = size;
  const own = createCanvas(width, height);
  own.getContext('2d').putImageData(new ImageData(pixelsOf(image, size), width, height), 0, 0);
  const scale = cell.image / Math.max(width, height);
  context.imageSmoothingEnabled = scale < 1;
  const [across, down] = [width * scale, height * scale];
  context.drawImage(own, x, y + cell.image - down, across, down);
}

/** A text cut to its room, before a tail that is never cut. */
function write(
  context: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  { weight = 400, colour = theme.ink, room = cell.width - 8, tail = '' },
): void {
  context.font = `${weight} ${weight > 400 ? 15 : 13}px ${theme.fontFamily}`;
  context.fillStyle = colour;
  const shown = fitted(text, room, (own) => context.measureText(own + tail).width);
  context.fillText(shown + tail, x, y);
}
