import { type RandomStream, randomStream } from '../../random/index.ts';
import type { Dataset, ImageKind, Split } from '../dataset.ts';
import { type DrawnDataset, drawnByCode } from '../kinds.ts';
import { type Glyph, glyphs } from './glyphs.ts';
import { drawHand, type Hand } from './hand.ts';
import { penPath } from './pen.ts';
import { drawLine } from './raster.ts';

const side = 28;
const pixels = side * side;
const imageKind: ImageKind = {
  channels: 1,
  height: side,
  width: side,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  mean: [31.1],
  std: [66.4],
  augmentation: 'none',
};
const paths = glyphs.map((ways) => ways.map((glyph) => glyph.map(penPath)));

/** The data set is one and the same for every run, so its seed is fixed. */
const seed = 1;

/**
 * Ten digits drawn by code as pen strokes, each image by a hand of its own: a stand-in that is
 * always there. They are not MNIST and not comparable with it.
 */
export const digits: DrawnDataset = {
  kind: 'drawn',
  title: 'built-in digits',
  images: { train: 12_000, test: 2_000 },
  imageKind,
  draw: drawDigits,
};

/** The first so many images of each endless sequence; image i shows the digit i mod 10. */
function drawDigits(trainSize: number, testSize: number): Dataset {
  return {
    name: 'digits',
    title: digits.title,
    source: drawnByCode,
    ...imageKind,
    train: drawSplit('digits/train', trainSize),
    test: drawSplit('digits/test', testSize),
  };
}

function drawSplit(streamName: string, count: number): Split {
  const images = new Uint8Array(count * pixels);
  const labels = Uint16Array.from(
    { length: count },
    (_, index) => index % imageKind.classNames.length,
  );
  const ink = new Float32Array(pixels);
  for (let index = 0; index < count; index++) {
    const stream = randomStream(seed, streamName, index);
    const ways = paths[labels[index]];
    write(ink, ways[stream.integer(ways.length)], drawHand(stream, side));
    develop(ink, stream, images.subarray(index * pixels, (index + 1) * pixels));
  }
  return { count, images, labels };
}

/** Writes a glyph, given as pen paths, into an empty image. */
function write(ink: Float32Array, glyph: Glyph, hand: Hand): void {
  ink.fill(0);
  for (const path of glyph) {
    const placed = path.map(hand.place);
    for (let at = 0; at + 1 < placed.length; at++) {
      drawLine(ink, side, placed[at], placed[at + 1], hand.radius);
    }
  }
}

/** Turns ink in 0…1 into bytes, with noise as strong as this image's paper and pen happen to be. */
function develop(ink: Float32Array, stream: RandomStream, image: Uint8Array): void {
  const white = 200 + 55 * stream.uniform();
  const noise = 0.3 * stream.uniform();
  for (let at = 0; at < pixels; at += 4) {
    const bits = stream.uint32();
    for (let byte = 0; byte < 4; byte++) {
      const grain = ((bits >>> (8 * byte)) & 255) - 127.5;
      const value = white * ink[at + byte] + noise * grain;
      image[at + byte] = Math.min(Math.max(Math.round(value), 0), 255);
    }
  }
}
