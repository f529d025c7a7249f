import { option, RequestError } from '../../errors.ts';
import { extentOf, isBytes, rangeOf } from '../image/range.ts';
import { openRaster, type Raster } from '../image/raster.ts';
import { resample } from '../image/resample.ts';
import type { ImageChannels, ImageRange, ImageSize } from '../imageForm.ts';
import type { Decoded } from './decoded.ts';
import { rounded, withAlpha } from './rounding.ts';
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
    const pages = raster.pages > 1 ? { pages: raster.pages } : {};
    return { ...decoded, facts: { ...decoded.facts, ...pages } };
  });
}

function scaledImage(
  raster: Raster,
  size: ImageSize,
  kept: boolean,
  range: ImageForm['range'],
): Decoded {
  const { height, width, alpha } = raster;
  const { scaled, facts } = toBytes(raster, range);
  const over = alpha === 'none' ? scaled : overBlack(raster, scaled, kept);
  const bands = alpha === 'none' || kept ? raster.bands : raster.bands - 1;
  const same = size.height === height && size.width === width;
  const values = same ? over : resample({ height, width, bands, values: over }, size);
  const pixels = kept ? withAlpha(values, bands) : rounded(values);
  return { ...size, bands, alpha: kept, pixels, facts };
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

/** The values from 0 to 255, not rounded. */
function toBytes(raster: Raster, asked: ImageForm['range']) {
  const { values, bands, scale } = raster;
  if (asked === 'auto' || isBytes(raster)) return { scaled: values, facts: {} };
  const extent = extentOf(raster);
  const range = rangeOf(raster, asked, extent);
  const colours = raster.alpha === 'none' ? bands : bands - 1;
  let clipped = 0;
  const scaled = Float64Array.from(values, (value, at) => {
    const { low, high } = at % bands < colours ? range : scale;
    if (value < low || value > high) clipped++;
    return (255 * (Math.min(Math.max(value, low), high) - low)) / (high - low);
  });
  const deep = { ...extent, scale };
  return { scaled, facts: clipped > 0 ? { deep, clipped: clipped / values.length } : { deep } };
}

/** Colours multiplied by alpha, as they look over black; alpha itself is kept or left out. */
function overBlack({ bands, alpha }: Raster, values: ArrayLike<number>, kept: boolean) {
  const pixels = values.length / bands;
  const own = kept ? bands : bands - 1;
  const out = new Float64Array(pixels * own);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const share = alpha === 'multiplied' ? 1 : values[(pixel + 1) * bands - 1] / 255;
    for (let band = 0; band < own; band++) {
      const value = values[pixel * bands + band];
      out[pixel * own + band] = band < bands - 1 ? value * share : value;
    }
  }
  return out;
}
