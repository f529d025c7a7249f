import type { Shape } from '../../ops/tensor.ts';
import { type Stored, type Term, viewShape } from '../../program/operands.ts';
import type { Slot } from '../../program/slots.ts';
import type { NativeInstruction, NativeOf, NativeOpcode } from './instructions.ts';
import { convText, shapeText, termText, viewText } from './notation.ts';
import { piecesOf } from './pieces.ts';

/** What an instruction has to do for a pass, whatever way a machine goes about it. */
export interface Cost {
  /** Multiply-accumulates of the definition; a faster algorithm may need fewer. */
  macs: number;
  /** Bytes of the operands, each counted once: what memory has to move if no cache holds it. */
  bytes: number;
}

/** Columns of a listed instruction: its result, the shape of that, and what it reads. */
type Entry = [to: string, shape: string, from: string];

/** What is known of an opcode besides its operands. */
interface Rule<K extends NativeOpcode> {
  /** For a pass of `samples` images. */
  cost(instruction: NativeOf<K>, samples: number): Cost;
  entry(instruction: NativeOf<K>): Entry;
}

const rules: { [K in NativeOpcode]: Rule<K> } = {
  load: {
    cost({ to }, samples) {
      const values = samples * sizeOf(to);
      return { macs: values, bytes: values + floatBytes * samples * floatsOf(to) };
    },
    entry: ({ to, affine }) => [to.slot.name, shapeText(to), `${affine.name}(bytes)`],
  },

  conv: {
    cost({ view, weights, to, kernel, groups }, samples) {
      const filter = filterSize(to.channels, viewShape(view).channels, kernel, groups);
      const products = samples * to.height * to.width * filter;
      return cost(products, samples * (floatsOf(view.of) + floatsOf(to)) + weights.size);
    },
    entry({ view, to, sums, ...conv }) {
      const shape = `${convText(conv)}  ${shapeText(viewShape(view))} → ${shapeText(to)}`;
      return [to.slot.name, shape, viewText(view) + summed(sums)];
    },
  },

  statistics: {
    cost: ({ norm }) => cost(0, norm.channels * (4 + 4 * norm.copies)),
    entry: ({ norm, of, sums }) => [norm.record.name, shapeText(of), sums.name],
  },

  normalise: {
    cost: ({ norm }) => cost(0, norm.channels * (2 + 4 * norm.copies)),
    entry({ norm, runningMean, runningVariance }) {
      return [norm.record.name, `${norm.channels}`, `${runningMean.name}, ${runningVariance.name}`];
    },
  },

  mix: {
    cost({ skip, branches, to }, samples) {
      const mixed = branches ? sizeOf(viewShape(branches)) : 0;
      const read = floatsOf(skip.of) + (branches ? floatsOf(branches.of) : 0);
      return cost(samples * mixed, samples * (read + floatsOf(to)));
    },
    entry({ skip, branches, coefficients, to, sums }) {
      const mixed = branches ? ` + ${coefficients?.slot.name}·${viewText(branches)}` : '';
      return [to.slot.name, shapeText(to), viewText(skip) + mixed + summed(sums)];
    },
  },

  dropout: {
    cost: ({ view, to }, samples) => cost(0, samples * (floatsOf(view.of) + floatsOf(to))),
    entry({ view, rate, to, sums }) {
      return [to.slot.name, shapeText(to), `drop=${rate}(${viewText(view)})${summed(sums)}`];
    },
  },

  pool: {
    cost: ({ view }, samples) => cost(0, samples * (floatsOf(view.of) + viewShape(view).channels)),
    entry: ({ view, to }) => [to.name, shapeText(viewShape(view)), viewText(view)],
  },

  poolGradient: {
    cost({ to, shape: { channels } }, samples) {
      return cost(0, samples * (channels + to.floatsOf(channels)));
    },
    entry: ({ from, to, shape }) => [to.name, shapeText(shape), from.name],
  },

  accumulate: {
    cost({ terms, to }, samples) {
      return cost(
        0,
        samples * (terms.reduce((sum, one) => sum + termFloats(one), 0) + floatsOf(to)),
      );
    },
    entry: ({ terms, to }) => [to.slot.name, shapeText(to), terms.map(termText).join(' + ')],
  },

  reduce: {
    cost: ({ term }, samples) => cost(0, samples * termFloats(term)),
    entry: ({ term, sums }) => [sums.name, shapeText(viewShape(term.view)), termText(term)],
  },

  normGradient: {
    cost: ({ norm }) => cost(0, norm.channels * (2 + 6 * norm.copies)),
    entry: ({ of, sums, gammaGradient }) => [gammaGradient.name, shapeText(of), sums.name],
  },

  convGradient: {
    cost({ term, view, weights, to, kernel, groups }, samples) {
      const { channels, height, width } = term.view.of;
      const filter = filterSize(channels, viewShape(view).channels, kernel, groups);
      const moved = termFloats(term) + floatsOf(view.of) + (to ? floatsOf(to) : 0);
      const filters = filter * piecesOf(view.of.height, samples) + (weights?.size ?? 0);
      const products = samples * height * width * filter;
      return cost((to ? 2 : 1) * products, samples * moved + filters);
    },
    entry({ term, view, to, adds, sums, partials, ...conv }) {
      const sum = to && `${to.slot.name}${adds ? ' +=' : ''}`;
      const written = sum ? `${sum}, partials` : partials.name;
      const shape = `${convText(conv)}  ${shapeText(viewShape(view))}`;
      return [written, shape, `${termText(term)}, ${viewText(view)}${summed(sums)}`];
    },
  },

  sumFilters: {
    cost({ outChannels, inChannels, kernel, height }, samples) {
      return cost(0, outChannels * inChannels * kernel ** 2 * (piecesOf(height, samples) + 1));
    },
    entry: ({ partials, gradient, ...i }) => [gradient.name, filterText(i), partials.name],
  },

  pack: {
    cost: ({ weights, to }) => cost(0, weights.size + to.size),
    entry: ({ weights, to, ...i }) => [to.name, filterText(i), weights.name],
  },

  sgd: {
    cost: ({ size }) => cost(4 * size, 5 * size),
    entry({ parameters, gradients, momentum, size, decays, slow }) {
      const how = `${decays ? '' : '  without decay'}${slow ? '  at the slow rate' : ''}`;
      const from = `${gradients.name}…, ${momentum.name}…${how}`;
      return [`${parameters.name}…`, `${size} floats`, from];
    },
  },
};

const ruleOf = <K extends NativeOpcode>({ opcode }: NativeOf<K>): Rule<K> =>
  rules[opcode as K] as unknown as Rule<K>;

/** What an instruction has to compute and to touch for a pass of `samples` images. */
export const costOf = <K extends NativeOpcode>(instruction: NativeOf<K>, samples: number): Cost =>
  ruleOf(instruction).cost(instruction, samples);

/** Sum over a list of instructions. */
export function totalCost(instructions: NativeInstruction[], samples: number): Cost {
  const all = instructions.map((instruction) => costOf(instruction, samples));
  return {
    macs: all.reduce((sum, { macs }) => sum + macs, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Result, shape and operands of an instruction, for reading. */
export const entryOf = <K extends NativeOpcode>(instruction: NativeOf<K>): Entry =>
  ruleOf(instruction).entry(instruction);

const floatBytes = Float32Array.BYTES_PER_ELEMENT;

const sizeOf = ({ channels, height, width }: Shape): number => channels * height * width;

const cost = (macs: number, floats: number): Cost => ({ macs, bytes: floatBytes * floats });

const summed = (sums: Slot | null): string => (sums ? '  Σ' : '');

const filterText = ({
  outChannels,
  inChannels,
  kernel,
}: {
  outChannels: number;
  inChannels: number;
  kernel: number;
}): string => `${outChannels}×${inChannels}×${kernel}×${kernel}`;

const filterSize = (out: number, into: number, kernel: number, groups: number): number =>
  (out * into * kernel ** 2) / groups;

/** The room of a sample of an activation. */
const floatsOf = (of: Stored): number => of.slot.floatsOf(sizeOf(of));

/** The same of what is read for a term: the gradient, and the activation where its view needs it. */
function termFloats({ kind, gradient, channels, view }: Term): number {
  const { height, width } = viewShape(view);
  const values = kind === 'pooled' ? channels : channels * height * width;
  const masked = view.relu && kind !== 'stored';
  return gradient.floatsOf(values) + (view.norm || masked ? floatsOf(view.of) : 0);
}
