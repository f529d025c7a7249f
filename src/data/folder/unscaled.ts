import { copyOf } from '../bytes.ts';
import { type Extent, extentOf } from '../image/range.ts';
import type { Raster } from '../image/raster.ts';
import { resample } from '../image/resample.ts';
import type { ImageSize } from '../imageForm.ts';
import type { Decoded } from './decoded.ts';
import { rounded, withAlpha } from './rounding.ts';

/**
 * An image whose black and white are not known before every file is read: brought to its size, its
 * values as they are, in the bytes of a Float64Array. Where a band is alpha, colours are multiplied by
 * it, and it comes last, from 0 to 1.
 *
 * @param kept whether alpha is asked for
 */
export function unscaledImage(raster: Raster, size: ImageSize, kept: boolean): Decoded {
  const { height, width, bands } = raster;
  const image = { height, width, bands, values: multiplied(raster) };
  const same = size.height === height && size.width === width;
  const values = same ? Float64Array.from(image.values) : resample(image, size);
  const pixels = new Uint8Array(values.buffer);
  const facts = { deep: { ...extentOf(raster), scale: raster.scale } };
  const unscaled = raster.alpha === 'none' ? 'colours' : 'colours by alpha';
  return { ...size, bands, alpha: kept && raster.alpha !== 'none', pixels, facts, unscaled };
}

function multiplied({ values, bands, alpha, scale }: Raster): ArrayLike<number> {
  if (alpha === 'none') return values;
  return Float64Array.from(values, (value, at) => {
    const last = at - (at % bands) + bands - 1;
    const share = (values[last] - scale.low) / (scale.high - scale.low);
    if (at === last) return share;
    return alpha === 'apart' ? value * share : value;
  });
}

/** The least and the greatest value of the images that were not scaled; null where there are none. */
export function commonExtent(images: readonly Decoded[]): Extent | null {
  const deep = images.flatMap(({ unscaled, facts }) => (unscaled && facts.deep) ?? []);
  if (deep.length === 0) return null;
  const all: Extent = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  for (const { low, high } of deep) {
    all.low = Math.min(all.low, low);
    all.high = Math.max(all.high, high);
  }
  return all.low === all.high ? { ...all, high: all.high + 1 } : all;
}

/** Brings images to bytes that were not scaled: the least value of the extent is black, the greatest white. */
export const scaleTogether = <Image extends Decoded>(
  images: readonly Image[],
  extent: Extent | null = commonExtent(images),
): Image[] => images.map((image) => (extent && image.unscaled ? scaled(image, extent) : image));

function scaled<Image extends Decoded>(image: Image, { low, high }: Extent): Image {
  const { pixels, bands, alpha } = image;
  // What a cache kept may begin anywhere.
  const values = new Float64Array(copyOf(pixels).buffer);
  const byAlpha = image.unscaled === 'colours by alpha';
  const shareOf = (at: number) => (byAlpha ? values[at - (at % bands) + bands - 1] : 1);
  const bytes = values.map((value, at) => {
    if (byAlpha && at % bands === bands - 1) return 255 * value;
    return (255 * (value - low * shareOf(at))) / (high - low);
  });
  const { unscaled, ...rest } = image;
  const own = byAlpha && !alpha ? bytes.filter((_, at) => at % bands < bands - 1) : bytes;
  return {
    ...(rest as Image),
    bands: byAlpha && !alpha ? bands - 1 : bands,
    pixels: alpha ? withAlpha(own, bands) : rounded(own),
  };
}
