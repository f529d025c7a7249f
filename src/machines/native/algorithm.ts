import type { InstructionOf } from '../../program/instructions.ts';
import { viewShape } from '../../program/operands.ts';
import { block } from '../../program/slots.ts';

/** How convolutions are computed: each in its fastest way, or all by the direct sum. */
export type Convolutions = 'fastest' | 'direct';

/** Products of a tile of Winograd's F(4×4, 3×3): as many matrices as a group's filters make. */
export const winogradPoints = 36;

/**
 * Floats of a group's transformed 3×3 filters, [36][filters] with a vector's gap after each matrix
 * (native/kernels/winograd.h).
 */
export const transformedSize = (filters: number): number => winogradPoints * (filters + block);

/** Fewest channels of a group, in and out, whose products outweigh the transforms (bench/NOTES.md). */
const fewestChannels = 16;

/**
 * Whether Winograd's F(4×4, 3×3) beats the direct sum: a 3×3 convolution of stride 1 with enough
 * channels on both sides. The filter's gradient takes output channels sixteen at a time.
 */
export function winogradPays(
  conv: Pick<InstructionOf<'conv'>, 'view' | 'kernel' | 'stride' | 'groups'>,
  outChannels: number,
): boolean {
  const [into, out] = [viewShape(conv.view).channels / conv.groups, outChannels / conv.groups];
  const wide = Math.min(into, out) >= fewestChannels && out % block === 0;
  return conv.kernel === 3 && conv.stride === 1 && wide;
}
