import { type Graph, parametersOf } from '../graph/graph.ts';
import type { ParameterSpec } from '../nets/parameters.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { Convolutions } from './algorithm.ts';
import { placeSlots } from './arena.ts';
import { lowerBackward } from './backward.ts';
import { lowerForward } from './forward.ts';
import type { Coefficients, Instruction, SectionName } from './instructions.ts';
import { type ParameterSlots, ProgramSlots } from './programSlots.ts';
import { roundUp, type Slot } from './slots.ts';

/** A trainable tensor and where its value, gradient and momentum lie. */
export interface Parameter extends ParameterSpec, ParameterSlots {}

/** A net ready to run: lists of instructions, and a place in the arena for every slot. */
export interface Program {
  /** Most samples of a batch, a multiple of 16. */
  batch: number;
  sections: Record<SectionName, Instruction[]>;
  placement: Map<Slot, number>;
  /** Length of the arena in floats. */
  arenaFloats: number;
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

export interface PlanOptions {
  batch: number;
  /** Parameters of the head: they are optimised with the net's, but no instruction reads them. */
  head?: ParameterSpec[];
  /** 'direct' forgoes Winograd's tiles, to compare with them; 'fastest' by default. */
  convolutions?: Convolutions;
  /** What weight decay pulls at; all parameters by default. */
  decay?: Decay;
}

/** All parameters, or filters and class vectors alone: no bias, and nothing of a batch norm. */
export type Decay = 'all' | 'weights';

/**
 * Lowers a graph to a program: batch norm and ReLU become views, gradients follow the forward
 * instructions in reverse, and every slot gets its place.
 */
export function planProgram(
  graph: Graph,
  { batch, head = [], decay = 'all', convolutions = 'fastest' }: PlanOptions,
): Program {
  const slots = new ProgramSlots(graph, batch, decay);
  for (const node of graph.nodes) for (const spec of parametersOf(node)) slots.parameter(spec);
  for (const spec of head) slots.parameter(spec);
  const training = lowerForward(graph, slots, { purpose: 'training', convolutions });
  const sections: Record<SectionName, Instruction[]> = {
    forward: training,
    backward: lowerBackward(training, slots),
    update: updates(slots),
    evaluate: lowerForward(graph, slots, { purpose: 'evaluation', convolutions }),
  };
  const placed = placeSlots(slots.persistent(), [
    [...sections.forward, ...sections.backward],
    sections.evaluate,
  ]);
  return { batch, sections, ...placed, ...slots.named() };
}

/** One pass over the parameters that decay and one over the others; each lie side by side. */
function updates(slots: ProgramSlots): Instruction[] {
  return [true, false].flatMap((decays) => {
    const group = slots.inOrder().filter((parameter) => parameter.decays === decays);
    return group.length > 0 ? [sgd(group, decays)] : [];
  });
}

function sgd(group: Parameter[], decays: boolean): Instruction {
  const size = group.reduce((sum, { shape }) => sum + roundUp(sizeOf(shape)), 0);
  const [{ value, gradient, momentum }] = group;
  return { opcode: 'sgd', parameters: value, gradients: gradient, momenta: momentum, size, decays };
}
