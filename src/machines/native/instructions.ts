import {
  convShape,
  type InstructionIn,
  type InstructionTable,
  instructions as portable,
  sectionNames,
} from '../../program/instructions.ts';

/** Where a batch norm follows, a producer sums its channels while they are in cache. */
const sums = { sums: 'slot?' } as const;

const winograd = {
  /** In how many dimensions Winograd's F(4, 3) takes the place of the direct sum. */
  winograd: 'number',
} as const;

/** Weights or their gradient. */
const filters = {
  outChannels: 'number',
  /** Input channels of one group. */
  inChannels: 'number',
  kernel: 'number',
  groups: 'number',
  ...winograd,
} as const;

/**
 * What the native machine runs: the program's instructions, some with operands of the machine's
 * own, and others that only this machine needs. The encoding, the listing and the C++ structs
 * follow this table; an opcode's number is its place.
 */
export const instructions = {
  ...portable,
  /** Its weights are packed. */
  conv: { ...portable.conv, ...winograd, ...sums },
  statistics: { ...portable.statistics, sums: 'slot' },
  mix: { ...portable.mix, ...sums },
  dropout: { ...portable.dropout, ...sums },
  /** The filter's gradient is left as a partial sum a piece of work. */
  convGradient: {
    term: 'term',
    view: 'view',
    /** Packed; null where the view's gradient is not needed. */
    weights: 'slot?',
    to: 'stored?',
    /**
     * Whether `to` is the gradient of the activation that the view reads (inPlace.ts): past the norm's slope, its
     * copies summed, but for what the norm's derivative subtracts.
     */
    whole: 'flag',
    /** Whether that is added to what stands there. */
    adds: 'flag',
    partials: 'slot',
    ...convShape,
    ...winograd,
    ...sums,
  },
  /** Terms whose gradient is `to` itself are in it already, but for what their norms' derivatives subtract. */
  accumulate: portable.accumulate,
  normGradient: {
    norm: 'normRecord',
    of: 'stored',
    sums: 'slot',
    gamma: 'slot',
    gammaGradient: 'slot',
    betaGradient: 'slot',
  },
  /** Parameters lie side by side: one stretch of `size` floats for each of the three. */
  sgd: {
    parameters: 'slot',
    gradients: 'slot',
    momentum: 'slot',
    size: 'number',
    decays: 'flag',
    slow: 'flag',
  },
  /** Sums of a gradient that no convolution has summed, for the batch norm before it. */
  reduce: { term: 'term', sums: 'slot' },
  sumFilters: {
    partials: 'slot',
    gradient: 'slot',
    ...filters,
    /** Of the convolution's input, which decides how the work was cut. */
    height: 'number',
  },
  /**
   * Lays a convolution's weights out for the tiles. Weights change with every step and are packed
   * just before each use, so that all packed weights share a little memory, still in cache.
   */
  pack: {
    weights: 'slot',
    to: 'slot',
    /** For the input's gradient: the roles of in and out change, and the kernel flips. */
    backward: 'flag',
    ...filters,
  },
} as const satisfies InstructionTable;

/**
 * The program's sections, and what of an evaluation depends on parameters and running statistics
 * alone: `prepare` runs once, `evaluate` for every batch.
 */
export const nativeSectionNames = [...sectionNames, 'prepare'] as const;
export type NativeSectionName = (typeof nativeSectionNames)[number];

export type NativeOpcode = keyof typeof instructions;
export type NativeOf<K extends NativeOpcode> = InstructionIn<typeof instructions, K>;
export type NativeInstruction = { [K in NativeOpcode]: NativeOf<K> }[NativeOpcode];
