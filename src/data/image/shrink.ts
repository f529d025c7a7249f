import { compiledData } from '../compiled.ts';
import type { Plane } from './resample.ts';
import type { Taps } from './taps.ts';

/** Compiled for images of so many bands. */
const mostBands = 4;

/**
 * Brings bytes to a smaller size by the compiled twin of `resample`, with the same bits.
 *
 * @returns null for images that it is not made for, and where the addon is not compiled
 */
export function shrunk({ height, width, bands, values }: Plane, across: Taps, down: Taps) {
  const { shrink } = compiledData();
  if (!shrink || !across.shares || !(values instanceof Uint8Array) || bands > mostBands) {
    return null;
  }
  const { bounds, weights: shares } = across.shares;
  const { first, count, weights } = down;
  return shrink(values, height, width, bands, bounds, shares, first, count, weights);
}
