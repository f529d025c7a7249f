import { type ParameterSpec, sizeOf } from '../nets/parameters.ts';
import { transformedSize } from './algorithm.ts';
import type { ConvShape, InstructionOf } from './instructions.ts';
import type { ProgramSlots } from './programSlots.ts';
import { roundUp, Slot } from './slots.ts';

/** Which of a convolution's products the packed weights are for: its output or its input's gradient. */
export type Direction = 'forward' | 'backward';

/**
 * Lays a convolution's weights out for the machine's tiles. Weights change with every step and are
 * packed just before each use, so that all packed weights share a little memory, still in cache.
 */
export function packWeights(
  slots: ProgramSlots,
  conv: string,
  { kernel, groups, winograd }: Pick<ConvShape, 'kernel' | 'groups' | 'winograd'>,
  direction: Direction,
): InstructionOf<'pack'> {
  const { shape, value: weights } = slots.parameterOf(`${conv}.weight`);
  const [outChannels, inChannels] = shape;
  const to = new Slot(`${conv}.${direction}`, packedSize(shape, groups, winograd));
  const backward = direction === 'backward';
  return {
    opcode: 'pack',
    weights,
    to,
    backward,
    outChannels,
    inChannels,
    kernel,
    groups,
    winograd,
  };
}

function packedSize(shape: ParameterSpec['shape'], groups: number, winograd: boolean): number {
  const filters = (shape[0] * shape[1]) / groups;
  return roundUp(winograd ? groups * transformedSize(filters) : sizeOf(shape));
}
