import { z } from 'zod';
import { family, numberOption } from '../../options/index.ts';
import type { Transform } from './transform.ts';

const options = z.strictObject({
  /** Deviation of the noise, as a share of the channel's own over the data. */
  degree: numberOption('must be a number from 0', (value) => value >= 0, 0.1),
});

/**
 * Adds normal noise to every value. Of sounds that is noise in decibels on the spectrogram, not on the
 * waveform, which is not kept.
 */
export const noise = family(
  {
    summary: "adds normal noise, its deviation degree=0.1 of the data's",
    source: 'Bishop 1995, doi:10.1162/neco.1995.7.1.108',
    options,
  },
  (name, { degree }): Transform => ({
    name,
    vary(image, { height, width, std }, stream) {
      const pixels = height * width;
      return Uint8Array.from(image, (value, i) => {
        const noisy = value + degree * std[Math.floor(i / pixels)] * stream.normal();
        return Math.min(255, Math.max(0, Math.round(noisy)));
      });
    },
  }),
);
