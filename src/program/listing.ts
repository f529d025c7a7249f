import {
  type Instruction,
  type InstructionOf,
  type Opcode,
  type SectionName,
  sectionNames,
  viewShape,
} from './instructions.ts';
import { convText, legend, shapeText, termText, viewText } from './notation.ts';
import type { Program } from './program.ts';
import { type Slot, slotsIn } from './slots.ts';

/** Columns of a listed instruction. */
interface Entry {
  to: string;
  shape: string;
  from: string;
}

/**
 * A program for reading: a legend, the instructions of each section, one a line, and where every
 * slot lies in the arena, in floats.
 */
export const listProgram = (program: Program): string =>
  [legend, listInstructions(program), listArena(program)].join('\n\n');

/** The sections alone: they change with the lowering, not with the placing. */
export const listInstructions = ({ sections }: Program): string =>
  sectionNames.map((name) => listSection(name, sections[name])).join('\n\n');

/** Result, shape and operands of an instruction, in a line of their own. */
export function instructionText(instruction: Instruction): string {
  const { to, shape, from } = entryOf(instruction);
  return `${to}  ${shape}  ← ${from}`;
}

function listSection(name: SectionName, instructions: Instruction[]): string {
  const rows = instructions.map((instruction, index) => {
    const { to, shape, from } = entryOf(instruction);
    return [String(index), instruction.opcode, to, shape, `← ${from}`];
  });
  const count = `${rows.length} ${rows.length === 1 ? 'instruction' : 'instructions'}`;
  return [`${name}: ${count}`, ...align(rows, 1)].join('\n');
}

const entries: { [K in Opcode]: (instruction: InstructionOf<K>) => Entry } = {
  load: ({ to, affine }) => entry(to.slot, shapeText(to), `${affine.name}(bytes)`),
  conv: ({ view, to, sums, ...conv }) => {
    const shape = `${convText(conv)}  ${shapeText(viewShape(view))} → ${shapeText(to)}`;
    return entry(to.slot, shape, viewText(view) + summed(sums));
  },
  statistics: ({ norm, of, sums }) => entry(norm.record, shapeText(of), sums.name),
  normalise: ({ norm, running }) =>
    entry(norm.record, `${norm.channels}`, `${running.mean.name}, ${running.variance.name}`),
  mix: ({ skip, branches, coefficients, to, sums }) => {
    const mixed = branches ? ` + ${coefficients?.slot.name}·${viewText(branches)}` : '';
    return entry(to.slot, shapeText(to), viewText(skip) + mixed + summed(sums));
  },
  dropout: ({ view, rate, to, sums }) =>
    entry(to.slot, shapeText(to), `drop=${rate}(${viewText(view)})${summed(sums)}`),
  pool: ({ view, to }) => entry(to, shapeText(viewShape(view)), viewText(view)),
  poolGradient: ({ from, to, shape }) => entry(to, shapeText(shape), from.name),
  accumulate: ({ terms, to }) => entry(to.slot, shapeText(to), terms.map(termText).join(' + ')),
  reduce: ({ term, sums }) => entry(sums, shapeText(viewShape(term.view)), termText(term)),
  normGradient: ({ of, sums, gammaGradient }) => entry(gammaGradient, shapeText(of), sums.name),
  convGradient: ({ term, view, input, partials, ...conv }) => {
    const to = input ? `${input.to.slot.name} + partials` : partials.name;
    const from = `${termText(term)}, ${viewText(view)}${summed(input?.sums ?? null)}`;
    return { to, shape: `${convText(conv)}  ${shapeText(viewShape(view))}`, from };
  },
  sumFilters: ({ partials, gradient, outChannels, inChannels, kernel }) =>
    entry(gradient, `${outChannels}×${inChannels}×${kernel}×${kernel}`, partials.name),
  pack: ({ weights, to, outChannels, inChannels, kernel }) =>
    entry(to, `${outChannels}×${inChannels}×${kernel}×${kernel}`, weights.name),
  sgd: ({ parameters, gradients, momenta, size, decays }) => {
    const from = `${gradients.name}…, ${momenta.name}…${decays ? '' : '  without decay'}`;
    return { to: `${parameters.name}…`, shape: `${size} floats`, from };
  },
};

const entry = (to: Slot, shape: string, from: string): Entry => ({ to: to.name, shape, from });

const summed = (sums: Slot | null): string => (sums ? '  Σ' : '');

function entryOf<K extends Opcode>(instruction: InstructionOf<K>): Entry {
  const list = entries[instruction.opcode as K] as (i: InstructionOf<K>) => Entry;
  return list(instruction);
}

/** Every slot by its place, with the first and the last instruction that names it. */
function listArena(program: Program): string {
  const uses = usesOf(program);
  const slots = [...program.placement].sort(([, a], [, b]) => a - b);
  const rows = slots.map(([slot, at]) => {
    const names = uses.get(slot) ?? [];
    const ends = names.length > 1 ? `${names[0]} … ${names.at(-1)}` : names.join();
    return [String(at), String(slot.size), slot.name, ends];
  });
  const heading = `arena: ${program.arenaFloats} floats`;
  return [heading, ...align([['at', 'floats', 'slot', 'used by'], ...rows], 2)].join('\n');
}

/** The instructions that name each slot, `forward 12`. */
function usesOf({ sections }: Program): Map<Slot, string[]> {
  const uses = new Map<Slot, string[]>();
  for (const name of sectionNames)
    sections[name].forEach((instruction, index) => {
      for (const slot of new Set(slotsIn(instruction)))
        uses.set(slot, [...(uses.get(slot) ?? []), `${name} ${index}`]);
    });
  return uses;
}

/** Columns two spaces apart, the first `numbers` of them leaning to the right. */
function align(rows: string[][], numbers: number): string[] {
  const columns = rows[0].map((_, column) => rows.map((row) => row[column]));
  const widths = columns.map((column) => Math.max(...column.map((text) => text.length)));
  return rows.map((row) =>
    row
      .map((text, c) => (c < numbers ? text.padStart(widths[c]) : text.padEnd(widths[c])))
      .join('  ')
      .trimEnd(),
  );
}
