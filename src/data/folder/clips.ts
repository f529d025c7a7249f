import type { SpectrogramParameters } from '../audio/parameters.ts';
import { type MelEnergies, melEnergies, spectrogramImage } from '../audio/spectrogram.ts';
import { readWav } from '../audio/wav.ts';
import type { ImageStack } from './images.ts';

/** Turns WAV files into mel energies. @throws RequestError naming a file that is none */
export function clipDecoder(parameters: SpectrogramParameters) {
  const energiesOf = melEnergies(parameters);
  return (bytes: Buffer, path: string): MelEnergies =>
    energiesOf(readWav(bytes, path, parameters.rate));
}

/** Puts the spectrograms of clips one behind the other, as grey images of one width. */
export function stackClips(
  clips: readonly MelEnergies[],
  parameters: SpectrogramParameters,
): ImageStack {
  const { mels, frames } = parameters;
  const longest = clips.reduce((most, { length }) => Math.max(most, length), 0);
  const width = frames === 'auto' ? longest : frames;
  const images = new Uint8Array(clips.length * mels * width);
  clips.forEach((clip, index) => {
    images.set(spectrogramImage(clip, parameters, width), index * mels * width);
  });
  return { height: mels, width, channels: 1, images };
}
