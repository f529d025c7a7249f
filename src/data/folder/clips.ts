import type { SpectrogramParameters } from '../audio/parameters.ts';
import { readSound } from '../audio/readSound.ts';
import { melEnergies, spectrogramImage } from '../audio/spectrogram.ts';
import type { Decoded, DecodedFile } from './decoded.ts';
import type { ImageStack } from './stack.ts';

/** Turns sound files into spectrograms of their own length. @throws RequestError naming a file that is none */
export function decodeClip(parameters: SpectrogramParameters) {
  const energiesOf = melEnergies(parameters);
  return async (bytes: Buffer, path: string): Promise<Decoded> => {
    const energies = energiesOf(await readSound(bytes, path, parameters.rate));
    const [height, width] = [parameters.mels, energies.length];
    const pixels = spectrogramImage(energies, parameters);
    return { height, width, bands: 1, alpha: false, pixels, facts: {} };
  };
}

/**
 * Puts the spectrograms of clips one behind the other, as grey images of one width. A clip of fewer
 * frames stands in the middle of silence; of a longer one the middle is taken.
 */
export function stackClips(
  clips: readonly DecodedFile[],
  { mels, frames }: SpectrogramParameters,
): ImageStack {
  const longest = clips.reduce((most, clip) => Math.max(most, clip.width), 0);
  const width = frames === 'auto' ? longest : frames;
  const images = new Uint8Array(clips.length * mels * width);
  clips.forEach((clip, index) => {
    const start = Math.floor((width - clip.width) / 2);
    const [from, to] = [Math.max(0, -start), Math.max(0, start)];
    for (let row = 0; row < mels; row++) {
      const own = clip.pixels.subarray(row * clip.width, (row + 1) * clip.width);
      images.set(own.subarray(from, from + width), (index * mels + row) * width + to);
    }
  });
  return { height: mels, width, channels: 1, images };
}
