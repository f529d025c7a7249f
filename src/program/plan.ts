import type { Graph } from '../graph/graph.ts';
import type { ParameterSpec } from '../nets/parameters.ts';
import { lowerBackward } from './backward.ts';
import { lowerForward } from './forward.ts';
import type { Instruction } from './instructions.ts';
import type { Precision } from './precision.ts';
import type { Learning, Program } from './program.ts';
import { ProgramSlots } from './programSlots.ts';
import { recomputing } from './recompute.ts';

/** How a training's memory is used: `low` computes some activations twice instead of keeping them. */
export const memoryUses = ['usual', 'low'] as const;
export type MemoryUse = (typeof memoryUses)[number];

/** All parameters decay and learn at the whole rate unless it is said. */
export interface PlanOptions extends Partial<Learning> {
  batch: number;
  /** Parameters of the head: they are optimised with the net's, but no instruction reads them. */
  head?: ParameterSpec[];
  /** Of activations and their gradients; float32 when left out. */
  precision?: Precision;
  /** `usual` when left out; the bits are the same. */
  memory?: MemoryUse;
}

/**
 * Lowers a graph to a program: batch norm and ReLU become views, gradients follow the forward
 * instructions in reverse.
 */
export function planProgram(
  graph: Graph,
  {
    batch,
    head = [],
    decay = 'all',
    paceOf = () => 'whole',
    precision = 'float32',
    memory = 'usual',
  }: PlanOptions,
): Program {
  const slots = new ProgramSlots(graph, { batch, precision, head, decay, paceOf });
  const forward = lowerForward(graph, slots, 'training');
  const backward = lowerBackward(forward, slots);
  const sections = {
    forward,
    backward: memory === 'low' ? recomputing(forward, backward) : backward,
    update: updates(slots),
    evaluate: lowerForward(graph, slots, 'evaluation'),
  };
  return { batch, precision, sections, lasting: slots.lasting(), ...slots.named() };
}

/** A pass over each group of parameters that learn alike; those that are frozen get none. */
const updates = (slots: ProgramSlots): Instruction[] =>
  slots
    .groups()
    .filter((group) => group.length > 0 && group[0].pace !== 'frozen')
    .map((parameters) => {
      const [{ decays, pace }] = parameters;
      return { opcode: 'sgd', parameters, decays, slow: pace === 'slow' };
    });
