import type { ParameterSpec } from '../nets/parameters.ts';
import type { Instruction, SectionName } from './instructions.ts';
import type { Coefficients, Pace, Parameter } from './operands.ts';
import type { Precision } from './precision.ts';
import type { Slot } from './slots.ts';

/** All parameters, or filters and class vectors alone: no bias, and nothing of a batch norm. */
export type Decay = 'all' | 'weights';

/** How parameters learn. */
export interface Learning {
  /** What weight decay pulls at. */
  decay: Decay;
  /** How fast each parameter learns, by its name. */
  paceOf(name: string): Pace;
}

/** What of a program is written and read from outside; it outlives the sections. */
export interface NamedSlots {
  /** The net's and then the head's. */
  parameters: Parameter[];
  /** Those of the head, which no instruction reads but the update. */
  head: Parameter[];
  /** Running means and variances. */
  running: (ParameterSpec & { slot: Slot })[];
  /** Per block of the net. */
  coefficients: { forward: Coefficients; backward: Coefficients }[];
  /** Per dropout of the net: the two words that its mask is hashed with. */
  dropoutKeys: Slot[];
  /** Scale[C] and shift[C] that turn bytes into inputs. */
  affine: Slot;
  /** [samples][D]. */
  features: Slot;
  featureGradients: Slot;
}

/** What a net computes, as lists of instructions; how, is for each machine to decide. */
export interface Program extends NamedSlots {
  /** Most samples of a batch, a multiple of 16. */
  batch: number;
  /** What the slots of all activations and their gradients hold. */
  precision: Precision;
  sections: Record<SectionName, Instruction[]>;
  /** The batch norms' records and all that is named above, in the order in which they lie best. */
  lasting: Slot[];
}
