import { extentOf, isBytes, rangeOf } from '../image/range.ts';
import type { Raster } from '../image/raster.ts';
import { resample } from '../image/resample.ts';
import type { ImageRange, ImageSize } from '../imageForm.ts';
import type { Decoded } from './decoded.ts';
import { rounded, withAlpha } from './rounding.ts';

/**
 * An image as bytes of a size, where its black and white are known. Pages run this too, so it may import
 * nothing that only Node has.
 *
 * @param kept whether alpha stays; else colours lie over black
 * @throws RequestError where values lie beyond the range
 */
export function scaledImage(
  raster: Raster,
  size: ImageSize,
  kept: boolean,
  range: ImageRange,
): Decoded {
  const { height, width, alpha } = raster;
  const { scaled, facts } = toBytes(raster, range);
  const over = alpha === 'none' ? scaled : overBlack(raster, scaled, kept);
  const bands = alpha === 'none' || kept ? raster.bands : raster.bands - 1;
  const same = size.height === height && size.width === width;
  const values = same ? over : resample({ height, width, bands, values: over }, size);
  const pixels = kept ? withAlpha(values, bands) : rounded(values);
  return { height: size.height, width: size.width, bands, alpha: kept, pixels, facts };
}

/** The values from 0 to 255, not rounded. */
function toBytes(raster: Raster, asked: ImageRange) {
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
