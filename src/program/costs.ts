import type { Shape } from '../ops/tensor.ts';
import {
  type Instruction,
  type InstructionOf,
  type Opcode,
  type Term,
  viewShape,
} from './instructions.ts';
import { block } from './slots.ts';

/** What an instruction has to do for a pass, whatever way a machine goes about it. */
export interface Cost {
  /** Multiply-accumulates of the definition; a faster algorithm may need fewer. */
  macs: number;
  /** Bytes of the operands, each counted once: what memory has to move if no cache holds it. */
  bytes: number;
}

const floatBytes = Float32Array.BYTES_PER_ELEMENT;

const sizeOf = ({ channels, height, width }: Shape): number => channels * height * width;

const cost = (macs: number, floats: number): Cost => ({ macs, bytes: floatBytes * floats });

/** Each instruction's cost for a pass of `samples` images. */
const costs: { [K in Opcode]: (instruction: InstructionOf<K>, samples: number) => Cost } = {
  load: ({ to }, samples) => {
    const values = samples * sizeOf(to);
    return { macs: values, bytes: values * (1 + floatBytes) };
  },
  conv: ({ view, weights, to, kernel, groups }, samples) => {
    const filter = filterSize(to.channels, viewShape(view).channels, kernel, groups);
    return cost(
      samples * to.height * to.width * filter,
      samples * (sizeOf(view.of) + sizeOf(to)) + weights.size,
    );
  },
  statistics: ({ norm }) => cost(0, norm.channels * (4 + 4 * norm.copies)),
  normalise: ({ norm }) => cost(0, norm.channels * (2 + 4 * norm.copies)),
  mix: ({ skip, branches, to }, samples) => {
    const mixed = branches ? sizeOf(viewShape(branches)) : 0;
    const read = sizeOf(skip.of) + (branches ? sizeOf(branches.of) : 0);
    return cost(samples * mixed, samples * (read + sizeOf(to)));
  },
  dropout: ({ view, to }, samples) => cost(0, samples * (sizeOf(view.of) + sizeOf(to))),
  pool: ({ view }, samples) => cost(0, samples * (sizeOf(view.of) + viewShape(view).channels)),
  poolGradient: ({ shape }, samples) => cost(0, 2 * samples * shape.channels),
  accumulate: ({ terms, to }, samples) =>
    cost(0, samples * (terms.reduce((sum, term) => sum + termSize(term), 0) + sizeOf(to))),
  reduce: ({ term }, samples) => cost(0, samples * termSize(term)),
  normGradient: ({ norm }) => cost(0, norm.channels * (2 + 6 * norm.copies)),
  convGradient: ({ term, view, input, kernel, groups }, samples) => {
    const { channels, height, width } = term.view.of;
    const filter = filterSize(channels, viewShape(view).channels, kernel, groups);
    const written = input ? sizeOf(input.to) : 0;
    const read = termSize(term) + sizeOf(view.of);
    const partials = filter * piecesOf(view.of.height, samples);
    return cost(
      (input ? 2 : 1) * samples * height * width * filter,
      samples * (read + written) + (input?.weights.size ?? 0) + partials,
    );
  },
  sumFilters: ({ outChannels, inChannels, kernel, height }, samples) =>
    cost(0, outChannels * inChannels * kernel ** 2 * (piecesOf(height, samples) + 1)),
  pack: ({ weights, to }) => cost(0, weights.size + to.size),
  sgd: ({ size }) => cost(4 * size, 5 * size),
};

/** What an instruction has to compute and to touch for a pass of `samples` images. */
export function costOf<K extends Opcode>(instruction: InstructionOf<K>, samples: number): Cost {
  const count = costs[instruction.opcode as K] as (i: InstructionOf<K>, n: number) => Cost;
  return count(instruction, samples);
}

/** Sum over a list of instructions. */
export function totalCost(instructions: Instruction[], samples: number): Cost {
  const all = instructions.map((instruction) => costOf(instruction, samples));
  return {
    macs: all.reduce((sum, { macs }) => sum + macs, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const filterSize = (out: number, into: number, kernel: number, groups: number): number =>
  (out * into * kernel ** 2) / groups;

/** Values of a sample read for a term: the gradient, and the activation where its view needs it. */
function termSize({ kind, channels, view }: Term): number {
  const { height, width } = viewShape(view);
  const gradient = kind === 'pooled' ? channels : channels * height * width;
  const masked = view.relu && kind !== 'stored';
  return gradient + (view.norm || masked ? sizeOf(view.of) : 0);
}

/** Pieces that the filter gradient's work is cut into: sample blocks, in two bands if tall. */
const piecesOf = (height: number, samples: number): number =>
  (samples / block) * (height >= 16 ? 2 : 1);
