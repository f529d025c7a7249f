import FFT from 'fft.js';
import { type MelFilter, melFilters } from './mel.ts';
import type { SpectrogramParameters } from './parameters.ts';

/** A clip's mel energies: [frames][mels], with 1 for a full-scale sine in the middle of a band. */
export type MelEnergies = Float64Array[];

/**
 * Computes the mel energies of a clip. Frame t is the N = window samples from t · hop on, weighted
 * by Hann's window w[n] = ½ − ½ cos(2πn / N); its spectrum X is that of the next power of two. Band
 * b's energy is
 *
 *     E[t, b] = (2 / Σ w)² Σ_k H_b[k] |X_t[k]|²
 *
 * with the triangles H of `melFilters`. A clip shorter than a window is filled up with silence, and
 * what remains behind the last whole window is left out.
 */
export function melEnergies(
  parameters: SpectrogramParameters,
): (samples: Float32Array) => MelEnergies {
  const { rate, mels } = parameters;
  const [length, hop] = [parameters.window, parameters.hop].map((time) =>
    Math.max(1, Math.round((time * rate) / 1000)),
  );
  const size = Math.max(2, 2 ** Math.ceil(Math.log2(length)));
  const hann = hannWindow(length);
  const scale = (2 / hann.reduce((sum, weight) => sum + weight, 0)) ** 2;
  const filters = melFilters(mels, size / 2 + 1, rate);
  const power = powerSpectrum(size);
  const windowed = new Float64Array(length);
  return (samples) => {
    const frames = Math.max(1, Math.floor((samples.length - length) / hop) + 1);
    return Array.from({ length: frames }, (_, frame) => {
      for (let n = 0; n < length; n++) windowed[n] = hann[n] * (samples[frame * hop + n] ?? 0);
      const spectrum = power(windowed);
      return Float64Array.from(filters, (filter) => scale * energyIn(filter, spectrum));
    });
  };
}

/**
 * The image of a clip, [mels][frames], highest band first, as spectrograms are drawn: byte 255 is
 * the reference, 0 is `range` decibels below it or less, and 10 log₁₀ E runs evenly between.
 */
export function spectrogramImage(
  energies: MelEnergies,
  { mels, range, level }: SpectrogramParameters,
): Uint8Array {
  const frames = energies.length;
  const image = new Uint8Array(mels * frames);
  const loudest = energies.reduce((most, frame) => Math.max(most, ...frame), 0);
  const reference = level === 'full' ? 1 : loudest;
  if (loudest === 0) return image;
  energies.forEach((frame, column) => {
    frame.forEach((energy, band) => {
      const share = 1 + (10 * Math.log10(energy / reference)) / range;
      image[(mels - 1 - band) * frames + column] = Math.round(
        255 * Math.min(Math.max(share, 0), 1),
      );
    });
  });
  return image;
}

function energyIn({ first, weights }: MelFilter, spectrum: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * spectrum[first + i];
  return sum;
}

/** Hann's window in its periodic form. */
const hannWindow = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length));

/** |X[k]|², k from 0 to size / 2, of a signal filled up with zeros to `size`; written over by the next. */
function powerSpectrum(size: number): (signal: Float64Array) => Float64Array {
  const fft = new FFT(size);
  const spectrum = fft.createComplexArray();
  const input = new Float64Array(size);
  const powers = new Float64Array(size / 2 + 1);
  return (signal) => {
    input.fill(0).set(signal);
    fft.realTransform(spectrum, input);
    for (let k = 0; k <= size / 2; k++) {
      powers[k] = spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    }
    return powers;
  };
}
