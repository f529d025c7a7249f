import { option, RequestError } from '../../errors.ts';
import { type Extent, extentOf, isBytes, rangeOf } from '../image/range.ts';
import { openRaster, type Raster } from '../image/raster.ts';
import { resample } from '../image/resample.ts';
import type { ImageChannels, ImageRange, ImageSize } from '../imageForm.ts';
import type { Decoded } from './decoded.ts';

/** How images are brought into one form. */
export interface ImageForm {
  size: ImageSize | 'auto';
  channels: ImageChannels;
  range: Exclude<ImageRange, 'auto'>;
}

/**
 * Decodes an image file into bytes. Values that are no bytes go from the range's black to its
 * white; the image is brought to the size; colours lie over black unless alpha is asked for.
 *
 * @throws RequestError naming a file that is no whole image
 */
export function decodeImage(bytes: Buffer, path: string, form: ImageForm): Promise<Decoded> {
  return named(path, async () => {
    const raster = await openRaster(bytes);
    const { scaled, facts } = toBytes(raster, form.range);
    const kept = raster.alpha !== 'none' && form.channels === 'colour-alpha';
    const over = raster.alpha === 'none' ? scaled : overBlack(raster, scaled, kept);
    const bands = raster.alpha === 'none' || kept ? raster.bands : raster.bands - 1;
    const { height, width } = raster;
    const image = { height, width, bands, values: over };
    const size = form.size === 'auto' ? { height, width } : form.size;
    const same = size.height === height && size.width === width;
    const values = same ? over : resample(image, size);
    const pixels = kept ? withAlpha(values, bands) : rounded(values);
    const pages = raster.pages > 1 ? { pages: raster.pages } : {};
    return { ...size, bands, alpha: kept, pixels, facts: { ...facts, ...pages } };
  });
}

/** The extent of an image's values; null of bytes. @throws RequestError naming the file */
export function measureImage(bytes: Buffer, path: string): Promise<Extent | null> {
  return named(path, async () => {
    const raster = await openRaster(bytes);
    return isBytes(raster) ? null : extentOf(raster);
  });
}

async function named<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError) throw new RequestError(`${path}: ${error.worded(option)}`);
    const [reason] = (error as Error).message.split('\n');
    throw new RequestError(
      `${path}: no image can be read from it (${reason}); mend it or remove it`,
    );
  }
}

/** The values from 0 to 255, not rounded. */
function toBytes(raster: Raster, asked: ImageForm['range']) {
  const { values, bands, scale } = raster;
  if (isBytes(raster)) return { scaled: values, facts: {} };
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

/** Divides the colours by the alpha behind them again. */
function withAlpha(values: ArrayLike<number>, bands: number): Uint8Array {
  const apart = Float64Array.from(values, (value, at) => {
    const alpha = values[at - (at % bands) + bands - 1];
    if (at % bands === bands - 1) return value;
    return alpha > 0 ? (255 * value) / alpha : 0;
  });
  return rounded(apart);
}

function rounded(values: ArrayLike<number>): Uint8Array {
  if (values instanceof Uint8Array) return new Uint8Array(values);
  return Uint8Array.from(values, (value) => Math.min(Math.max(Math.floor(value + 0.5), 0), 255));
}
