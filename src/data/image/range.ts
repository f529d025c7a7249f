import { option, RequestError } from '../../errors.ts';
import type { ImageRange } from '../imageForm.ts';
import type { Raster } from './raster.ts';

/** The least and the greatest of an image's values, alpha aside. */
export interface Extent {
  low: number;
  high: number;
}

/** Whether an image's values are bytes, which are taken as they are. */
export const isBytes = ({ scale }: Pick<Raster, 'scale'>): boolean =>
  scale.low === 0 && scale.high === 255;

/** @throws Error where one of the values is not a finite number */
export function extentOf({ values, bands, alpha }: Raster): Extent {
  const extent = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  const colours = alpha === 'none' ? bands : bands - 1;
  for (let at = 0; at < values.length; at++) {
    if (at % bands >= colours) continue;
    const value = values[at];
    if (!Number.isFinite(value)) throw new Error(`it holds the value ${value}`);
    if (value < extent.low) extent.low = value;
    if (value > extent.high) extent.high = value;
  }
  return extent;
}

/**
 * What becomes 0 and what becomes 255: of bytes the byte, of other values the full scale of their
 * type, or the range asked for.
 *
 * @throws RequestError for floats beyond 0 … 1 where no range is asked for
 */
export function rangeOf(
  raster: Raster,
  asked: Exclude<ImageRange, 'auto'>,
  extent: Extent,
): Extent {
  if (asked !== 'full' && !isBytes(raster)) return asked;
  const { scale } = raster;
  if (extent.low >= scale.low && extent.high <= scale.high) return scale;
  throw new RequestError(
    `its values go from ${extent.low} to ${extent.high}, beyond ${scale.low} … ${scale.high}; say ` +
      `what is black and white, as with ${option('imageRange')} auto`,
  );
}
