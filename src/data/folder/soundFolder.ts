import type { SpectrogramParameters } from '../audio/parameters.ts';
import type { Format } from '../format.ts';
import { stackClips } from './clips.ts';
import type { Decoding } from './decoders.ts';
import { holdsMedium } from './medium.ts';
import { openClassFolders } from './openFolder.ts';

/** 2: all kinds of files read as other tools do, resampled without residue. */
const version = 2;

/** How clips are decoded: one's own spectrogram does not depend on how many frames the data set's have. */
export const clipDecoding = (spectrogram: SpectrogramParameters): Decoding => ({
  ...{ medium: 'clips', version, parameters: { ...spectrogram, frames: 'auto' } },
});

/** Sound clips in a folder a class, as log-mel spectrograms. */
export const soundFolder: Format = {
  holds: 'sound clips',
  version,
  settings: ['spectrogram', 'groupField'],
  recognise: async (path) => ((await holdsMedium(path, 'clips')) ? 0.5 : 0),
  open(path, { spectrogram, groupField }, options) {
    return openClassFolders(path, options, {
      medium: 'clips',
      groupField,
      decoding: clipDecoding(spectrogram),
      stack: (clips) => stackClips(clips, spectrogram),
      notes: () => [],
    });
  },
};
