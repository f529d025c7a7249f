import type { Graph } from '../graph/graph.ts';
import type { ParameterSpec } from '../nets/parameters.ts';
import { lowerBackward } from './backward.ts';
import { lowerForward } from './forward.ts';
import type { Instruction } from './instructions.ts';
import type { Decay, Program } from './program.ts';
import { ProgramSlots } from './programSlots.ts';

export interface PlanOptions {
  batch: number;
  /** Parameters of the head: they are optimised with the net's, but no instruction reads them. */
  head?: ParameterSpec[];
  /** What weight decay pulls at; all parameters by default. */
  decay?: Decay;
}

/**
 * Lowers a graph to a program: batch norm and ReLU become views, gradients follow the forward
 * instructions in reverse.
 */
export function planProgram(
  graph: Graph,
  { batch, head = [], decay = 'all' }: PlanOptions,
): Program {
  const slots = new ProgramSlots(graph, { batch, head, decay });
  const forward = lowerForward(graph, slots, 'training');
  const sections = {
    forward,
    backward: lowerBackward(forward, slots),
    update: updates(slots),
    evaluate: lowerForward(graph, slots, 'evaluation'),
  };
  return { batch, sections, lasting: slots.lasting(), ...slots.named() };
}

/** One pass over the parameters that decay and one over the others. */
const updates = (slots: ProgramSlots): Instruction[] =>
  slots
    .groups()
    .filter((group) => group.length > 0)
    .map((parameters) => ({ opcode: 'sgd', parameters, decays: parameters[0].decays }));
