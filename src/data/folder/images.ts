import { option, RequestError } from '../../errors.ts';
import { isBytes } from '../image/range.ts';
import { openRaster } from '../image/raster.ts';
import type { ImageChannels, ImageRange, ImageSize } from '../imageForm.ts';
import type { Decoded } from './decoded.ts';
import { scaledImage } from './scaledImage.ts';
import { unscaledImage } from './unscaled.ts';

/** How images are brought into one form. */
export interface ImageForm {
  size: ImageSize | 'auto';
  channels: ImageChannels;
  range: ImageRange;
}

/**
 * Decodes an image file into bytes. Values that are no bytes go from the range's black to its
 * white, or stay as they are where the range is that of all files; the image is brought to the size;
 * colours lie over black unless alpha is asked for.
 *
 * @throws RequestError naming a file that is no whole image
 */
export function decodeImage(bytes: Buffer, path: string, form: ImageForm): Promise<Decoded> {
  return named(path, async () => {
    const raster = await openRaster(bytes);
    const { height, width } = raster;
    const size = form.size === 'auto' ? { height, width } : form.size;
    const kept = raster.alpha !== 'none' && form.channels === 'colour-alpha';
    const decoded =
      form.range === 'auto' && !isBytes(raster)
        ? unscaledImage(raster, size, kept)
        : scaledImage(raster, size, kept, form.range);
    if (raster.pages === 1) return decoded;
    return { ...decoded, facts: { ...decoded.facts, pages: raster.pages } };
  });
}

async function named<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError) throw new RequestError(`${path}: ${error.worded(option)}`);
    // What geotiff's decoders throw need not be an Error.
    const [reason] = `${error instanceof Error ? error.message : error}`.split('\n');
    throw new RequestError(
      `${path}: no image can be read from it (${reason}); mend it or remove it`,
    );
  }
}
