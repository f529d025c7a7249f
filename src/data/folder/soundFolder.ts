import type { Format } from '../format.ts';
import { holdsMedium } from './classFolders.ts';
import { clipDecoder, stackClips } from './clips.ts';
import { openClassFolders } from './openFolder.ts';

/** Sound clips in a folder a class, as log-mel spectrograms. */
export const soundFolder: Format = {
  holds: 'sound clips',
  version: 1,
  settings: ['spectrogram'],
  recognise: async (path) => ((await holdsMedium(path, 'clips')) ? 0.5 : 0),
  open(path, { spectrogram }, options) {
    return openClassFolders(path, options, {
      medium: 'clips',
      decode: clipDecoder(spectrogram),
      stack: (clips) => stackClips(clips, spectrogram),
    });
  },
};
