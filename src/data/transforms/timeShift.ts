import { z } from 'zod';
import { family, shareOption } from '../../options/index.ts';
import { moved } from './affine.ts';
import { type Transform, wholeBetween } from './transform.ts';

const options = z.strictObject({
  /** The farthest, as a share of the clip. */
  share: shareOption(0.1),
});

/**
 * Moves a spectrogram in time, along its columns, by whole frames up to a share of the clip either way.
 * What comes in is as bright as the mean; the frequencies, its rows, stay where they are.
 */
export const timeShift = family(
  {
    summary: 'moves a spectrogram in time by up to share=0.1 of the clip',
    source: 'Salamon & Bello 2017, arXiv:1608.04363',
    options,
  },
  (name, { share }): Transform => ({
    name,
    vary: (image, frame, stream) =>
      moved(image, frame, 0, wholeBetween(stream, Math.floor(share * frame.width))),
  }),
);
