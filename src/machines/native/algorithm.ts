import type { InstructionOf } from '../../program/instructions.ts';
import { viewShape } from '../../program/operands.ts';
import { block } from '../../program/slots.ts';

/** How convolutions are computed: each in its fastest way, or all by the direct sum. */
export type Convolutions = 'fastest' | 'direct';

/** In how many dimensions Winograd's F(4, 3) takes the place of the direct sum: in rows, or in tiles of 4×4. */
export type WinogradDimensions = 0 | 1 | 2;

/** Products of a tile of Winograd's F(4×4, 3×3): as many matrices as a group's filters make. */
export const winogradPoints = 36;

/**
 * Floats of a group's 3×3 filters, transformed: in tiles [36][filters] with a vector's gap after each matrix
 * (native/kernels/winograd.h), in rows [6][3][filters].
 */
export const transformedSize = (filters: number, dimensions: 1 | 2): number =>
  dimensions === 2 ? winogradPoints * (filters + block) : 6 * 3 * filters;

/** Fewest channels of a group, in and out, whose products outweigh the transforms (bench/NOTES.md). */
const fewestInTiles = 16;
const fewestInRows = 3;

/**
 * In how many dimensions Winograd's F(4, 3) beats the direct sum: in 3×3 convolutions of stride 1 with enough
 * channels on both sides. The filter's gradient takes output channels of tiles sixteen at a time.
 */
export function winogradPays(
  {
    view,
    kernel,
    stride,
    groups,
  }: Pick<InstructionOf<'conv'>, 'view' | 'kernel' | 'stride' | 'groups'>,
  outChannels: number,
): WinogradDimensions {
  if (kernel !== 3 || stride !== 1 || view.subsample) return 0;
  const [into, out] = [viewShape(view).channels / groups, outChannels / groups];
  const narrower = Math.min(into, out);
  if (narrower >= fewestInTiles && out % block === 0) return 2;
  return narrower >= fewestInRows ? 1 : 0;
}
