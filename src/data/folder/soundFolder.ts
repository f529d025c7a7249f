import type { Format } from '../format.ts';
import { holdsMedium } from './classFolders.ts';
import { stackClips } from './clips.ts';
import { openClassFolders } from './openFolder.ts';

/** 2: all kinds of files read as other tools do, resampled without residue. */
const version = 2;

/** Sound clips in a folder a class, as log-mel spectrograms. */
export const soundFolder: Format = {
  holds: 'sound clips',
  version,
  settings: ['spectrogram', 'groupField'],
  recognise: async (path) => ((await holdsMedium(path, 'clips')) ? 0.5 : 0),
  open(path, { spectrogram, groupField }, options) {
    // A clip's own spectrogram does not depend on how many frames the data set's have.
    const parameters = { ...spectrogram, frames: 'auto' } as const;
    return openClassFolders(path, options, {
      medium: 'clips',
      groupField,
      decoding: { medium: 'clips', version, parameters },
      stack: (clips) => stackClips(clips, spectrogram),
      notes: () => [],
    });
  },
};
