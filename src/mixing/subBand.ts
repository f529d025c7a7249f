import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { countOption, family } from '../options/index.ts';
import { fillEvenly } from './fill.ts';
import type { MixedShape, MixingLaw } from './law.ts';
import { drawShaking, needTwoBranches, shakingOptions } from './shaking.ts';

const options = z.strictObject({ bands: countOption(1, 2), ...shakingOptions });

/**
 * Sub-band shaking: the image is cut along its rows, the frequencies of a spectrogram, into equal
 * bands, and each band is shaken on its own. Row y of H belongs to band ⌊y · bands / H⌋, so that
 * the bands stay the same where the image shrinks.
 *
 * Source: Huang and Narayanan, "Shaking acoustic spectral sub-bands can better regularize learning
 * in affective computing", 2018.
 */
export const subBand = family(
  {
    summary: 'Shake-Shake for each of several bands of image rows by itself',
    source: 'Huang & Narayanan 2018, arXiv:1804.06779',
    options,
  },
  (name, chosen): MixingLaw => ({
    name,
    bands: chosen.bands,
    check(block) {
      needTwoBranches(name, block);
      needRows(name, chosen.bands, block);
    },
    draw(pass, forward, backward) {
      const size = pass.branches * pass.samples;
      for (let band = 0; band < chosen.bands; band++) {
        const [ahead, back] = [forward, backward].map((of) =>
          of.subarray(band * size, (band + 1) * size),
        );
        drawShaking(pass, chosen, ahead, back, band);
      }
    },
    evaluation: fillEvenly,
  }),
);

/** @throws RequestError where a band would have no row */
function needRows(name: string, bands: number, { height }: MixedShape): void {
  if (bands <= height) return;
  const rule = `a block's image has ${height} rows, too few for ${bands} bands`;
  throw new RequestError(`mixing '${name}': ${rule}; try sub-band:bands=${height}`);
}
