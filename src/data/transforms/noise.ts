import { z } from 'zod';
import { family, numberOption } from '../../options/index.ts';
import type { RandomStream } from '../../random/index.ts';
import { normalQuantile } from '../../statistics/normal.ts';
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
    vary(image, { channels, std }, stream) {
      const noisy = new Uint8Array(image.length);
      const plane = image.length / channels;
      for (let channel = 0; channel < channels; channel++) {
        const [start, end] = [channel * plane, (channel + 1) * plane];
        addNoise(
          image.subarray(start, end),
          noisy.subarray(start, end),
          degree * std[channel],
          stream,
        );
      }
      return noisy;
    },
  }),
);

/** Writes values with noise of a deviation, rounded to bytes; a word of 32 bits is the noise of two of them. */
function addNoise(from: Uint8Array, to: Uint8Array, deviation: number, stream: RandomStream): void {
  const normal = quantiles();
  let word = 0;
  for (let i = 0; i < from.length; i++) {
    word = i % 2 === 0 ? stream.uint32() : word >>> 16;
    const value = from[i] + deviation * normal[word & (cells - 1)] + 0.5;
    to[i] = Math.min(255, Math.max(0, value));
  }
}

/** As many as 12 bits tell apart. */
const cells = 2 ** 12;

let known: Float32Array | undefined;

/** The standard normal's quantiles in the middles of its cells, as fine as noise on bytes asks for; they end at ± 3.7. */
function quantiles(): Float32Array {
  if (known) return known;
  known = new Float32Array(cells);
  for (let cell = 0; cell < cells / 2; cell++) {
    known[cell] = normalQuantile((cell + 0.5) / cells);
    known[cells - 1 - cell] = -known[cell];
  }
  return known;
}
