import type { Format } from '../format.ts';
import type { Decoding } from './decoders.ts';
import type { ImageForm } from './images.ts';
import { holdsMedium } from './medium.ts';
import { imageNotes } from './notes.ts';
import { openClassFolders } from './openFolder.ts';
import { stackImages } from './stack.ts';
import { commonExtent, scaleTogether } from './unscaled.ts';

/** 2: values deeper than bytes by their scale, bands as channels, a centred filter. */
const version = 2;

/** How image files of one's own are decoded. */
export const imageDecoding = (form: ImageForm): Decoding => ({ medium: 'images', version, form });

/** Images in a folder a class, brought to one size and kind. */
export const imageFolder: Format = {
  holds: 'images',
  version,
  settings: ['imageSize', 'imageChannels', 'imageRange', 'groupField'],
  // Of a folder that nobody knows anything of, the reader of images says best what is missing.
  recognise: async (path) => ((await holdsMedium(path, 'images')) ? 0.6 : 0.1),
  open(path, { imageSize: size, imageChannels: channels, imageRange: range, groupField }, options) {
    return openClassFolders(path, options, {
      medium: 'images',
      groupField,
      decoding: imageDecoding({ size, channels, range }),
      stack(files) {
        const extent = commonExtent(files);
        const stack = stackImages(scaleTogether(files, extent), channels);
        return extent ? { ...stack, extent } : stack;
      },
      notes: imageNotes,
    });
  },
};
