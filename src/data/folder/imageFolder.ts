import type { Format } from '../format.ts';
import { holdsMedium } from './classFolders.ts';
import { decodeImage, stackImages } from './images.ts';
import { openClassFolders } from './openFolder.ts';

/** Images in a folder a class, brought to one size and kind. */
export const imageFolder: Format = {
  holds: 'images',
  version: 1,
  settings: ['imageSize', 'imageChannels'],
  // Of a folder that nobody knows anything of, the reader of images says best what is missing.
  recognise: async (path) => ((await holdsMedium(path, 'images')) ? 0.6 : 0.1),
  open(path, { imageSize: size, imageChannels: channels }, options) {
    return openClassFolders(path, options, {
      medium: 'images',
      decode: (bytes, file) => decodeImage(bytes, file, { size, channels }),
      stack: (decoded) => stackImages(decoded, channels),
    });
  },
};
