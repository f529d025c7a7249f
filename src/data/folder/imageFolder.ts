import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Format } from '../format.ts';
import type { Extent } from '../image/range.ts';
import type { ImageRange } from '../imageForm.ts';
import { type ClassFile, holdsMedium } from './classFolders.ts';
import { type ImageForm, measureImage } from './images.ts';
import { imageNotes } from './notes.ts';
import { openClassFolders } from './openFolder.ts';
import { stackImages } from './stack.ts';

/** 2: values deeper than bytes by their scale, bands as channels, a centred filter. */
const version = 2;

/** Images in a folder a class, brought to one size and kind. */
export const imageFolder: Format = {
  holds: 'images',
  version,
  settings: ['imageSize', 'imageChannels', 'imageRange'],
  // Of a folder that nobody knows anything of, the reader of images says best what is missing.
  recognise: async (path) => ((await holdsMedium(path, 'images')) ? 0.6 : 0.1),
  open(path, { imageSize: size, imageChannels: channels, imageRange }, options) {
    return openClassFolders(path, options, {
      medium: 'images',
      async decoding(files) {
        const range = await rangeOfAll(path, files, imageRange);
        return { medium: 'images', version, form: { size, channels, range } };
      },
      stack: (files) => stackImages(files, channels),
      notes: imageNotes,
    });
  },
};

/** Looks through all files for the least and the greatest value, where that is asked for. */
async function rangeOfAll(
  root: string,
  files: readonly ClassFile[],
  range: ImageRange,
): Promise<ImageForm['range']> {
  if (range !== 'auto') return range;
  const all: Extent = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  for (const { path } of files) {
    const place = join(root, path);
    const own = await measureImage(await readFile(place), place);
    all.low = Math.min(all.low, own?.low ?? all.low);
    all.high = Math.max(all.high, own?.high ?? all.high);
  }
  if (all.low > all.high) return 'full';
  return all.low < all.high ? all : { low: all.low, high: all.low + 1 };
}
