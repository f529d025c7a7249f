import { z } from 'zod';
import { family, shareOption } from '../../options/index.ts';
import type { RandomStream } from '../../random/index.ts';
import { copyOf } from '../bytes.ts';
import { type Frame, fewOption, type Transform } from './transform.ts';

const options = z.strictObject({
  /** The most frequencies that a mask hides, as a share of all. */
  frequency: shareOption(0.3),
  /** The most frames that a mask hides, as a share of the clip. */
  time: shareOption(0.2),
  /** How many masks of each kind. */
  masks: fewOption(1),
});

/**
 * Hides bands of a spectrogram: `masks` times some frequencies (rows) and `masks` times some frames
 * (columns), each mask any whole width from 0 to its most, anywhere that it fits, as bright as the mean.
 * Time warping is left out: the paper finds that it helps least and costs most.
 */
export const specAugment = family(
  {
    summary: 'hides bands of frequencies and of time in a spectrogram',
    source: 'Park et al. 2019, arXiv:1904.08779',
    options,
  },
  (name, { frequency, time, masks }): Transform => ({
    name,
    vary(image, frame, stream) {
      const out = copyOf(image);
      for (let i = 0; i < masks; i++) {
        const rows = drawSpan(stream, frame.height, frequency);
        hide(out, frame, (y) => y >= rows.first && y < rows.end);
        const columns = drawSpan(stream, frame.width, time);
        hide(out, frame, (_, x) => x >= columns.first && x < columns.end);
      }
      return out;
    },
  }),
);

function drawSpan(stream: RandomStream, size: number, share: number) {
  const length = stream.integer(Math.floor(share * size) + 1);
  const first = stream.integer(size - length + 1);
  return { first, end: first + length };
}

function hide(
  image: Uint8Array,
  { height, width, mean }: Frame,
  hidden: (y: number, x: number) => boolean,
): void {
  const pixels = height * width;
  for (let i = 0; i < image.length; i++) {
    const pixel = i % pixels;
    if (hidden(Math.floor(pixel / width), pixel % width))
      image[i] = Math.round(mean[Math.floor(i / pixels)]);
  }
}
