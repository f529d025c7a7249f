import type { ConvOp } from '../ops/conv.ts';
import type { Shape } from '../ops/tensor.ts';
import { block } from './slots.ts';

/**
 * Floats of a group's transformed 3×3 filters, [36][filters] with a vector's gap after each matrix
 * (native/kernels/winograd.h).
 */
export const transformedSize = (filters: number): number => 36 * (filters + block);

/** How convolutions are computed: each in its fastest way, or all by the direct sum. */
export type Convolutions = 'fastest' | 'direct';

/** Fewest channels of a group, in and out, whose products outweigh the transforms (bench/NOTES.md). */
const fewestChannels = 16;

/**
 * Whether Winograd's F(4×4, 3×3) beats the direct sum: a 3×3 convolution of stride 1 with enough
 * channels on both sides. The filter's gradient takes output channels sixteen at a time.
 */
export function winogradPays(op: ConvOp, input: Shape): boolean {
  const [into, out] = [input.channels / op.groups, op.outChannels / op.groups];
  const wide = Math.min(into, out) >= fewestChannels && out % block === 0;
  return op.kernel === 3 && op.stride === 1 && wide;
}
