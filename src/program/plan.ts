import { type Graph, parametersOf } from '../graph/graph.ts';
import type { ParameterSpec } from '../nets/parameters.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { Convolutions } from './algorithm.ts';
import { placeSlots } from './arena.ts';
import { lowerBackward } from './backward.ts';
import { lowerForward } from './forward.ts';
import type { Instruction, SectionName } from './instructions.ts';
import type { Decay, Parameter, Program } from './program.ts';
import { ProgramSlots } from './programSlots.ts';
import { roundUp } from './slots.ts';

export interface PlanOptions {
  batch: number;
  /** Parameters of the head: they are optimised with the net's, but no instruction reads them. */
  head?: ParameterSpec[];
  /** 'direct' forgoes Winograd's tiles, to compare with them; 'fastest' by default. */
  convolutions?: Convolutions;
  /** What weight decay pulls at; all parameters by default. */
  decay?: Decay;
}

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
