import { z } from 'zod';
import { family, numberOption } from '../../options/index.ts';
import { moved } from './affine.ts';
import { type Transform, wholeBetween } from './transform.ts';

const isWhole = (value: number) => Number.isInteger(value) && value >= 1 && value <= 4096;

const options = z.strictObject({
  /** The farthest, in pixels. */
  pixels: numberOption('must be a whole number from 1 to 4096', isWhole, 4),
});

/**
 * Moves an image by up to so many whole pixels down and across, every move as likely: a padding of that
 * many pixels on every side and a random crop, the padding as bright as the mean.
 */
export const shift = family(
  {
    summary: 'moves by up to pixels=4, without mirroring',
    source: 'He et al. 2015, arXiv:1512.03385',
    options,
  },
  (name, { pixels }): Transform => ({
    name,
    vary: (image, frame, stream) =>
      moved(image, frame, wholeBetween(stream, pixels), wholeBetween(stream, pixels)),
  }),
);
