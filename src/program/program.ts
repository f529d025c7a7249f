import type { ParameterSpec } from '../nets/parameters.ts';
import type { Coefficients, Instruction, SectionName } from './instructions.ts';
import type { Slot } from './slots.ts';

/** A trainable tensor and where its value, gradient and momentum lie. */
export interface Parameter extends ParameterSpec {
  value: Slot;
  gradient: Slot;
  momentum: Slot;
  /** Whether weight decay pulls at it. */
  decays: boolean;
}

/** All parameters, or filters and class vectors alone: no bias, and nothing of a batch norm. */
export type Decay = 'all' | 'weights';

/** What of a program can be asked for by name. */
export interface NamedSlots {
  parameters: Parameter[];
  /** Running statistics by name, `….runningMean` and `….runningVariance`. */
  running: { name: string; slot: Slot; channels: number }[];
  /** Per block of the net. */
  coefficients: { forward: Coefficients; backward: Coefficients }[];
  /** Per dropout of the net: the two 32-bit words that its mask is hashed with. */
  dropoutKeys: Slot[];
  /** Scale[C] and shift[C] that turn bytes into inputs. */
  affine: Slot;
  /** [samples][D]. */
  features: Slot;
  featureGradients: Slot;
}

/** A net ready to run: lists of instructions, and a place in the arena for every slot. */
export interface Program extends NamedSlots {
  /** Most samples of a batch, a multiple of 16. */
  batch: number;
  sections: Record<SectionName, Instruction[]>;
  placement: Map<Slot, number>;
  /** Length of the arena in floats. */
  arenaFloats: number;
}
