import { type Slot, slotsIn } from '../../program/slots.ts';
import {
  type NativeInstruction,
  type NativeSectionName,
  nativeSectionNames,
} from './instructions.ts';
import type { NativeProgram } from './lower.ts';
import { legend } from './notation.ts';
import { entryOf } from './rules.ts';

/**
 * A program for reading: a legend, the instructions of each section, one a line, and where every
 * slot lies in the arena, in floats.
 */
export const listProgram = (program: NativeProgram): string =>
  [legend, listInstructions(program), listArena(program)].join('\n\n');

/** The sections alone: they change with the lowering, not with the placing. */
export const listInstructions = ({ sections }: NativeProgram): string =>
  nativeSectionNames.map((name) => listSection(name, sections[name])).join('\n\n');

/** Result, shape and operands of an instruction, in a line of their own. */
export function instructionText(instruction: NativeInstruction): string {
  const [to, shape, from] = entryOf(instruction);
  return `${to}  ${shape}  ← ${from}`;
}

function listSection(name: NativeSectionName, instructions: NativeInstruction[]): string {
  const rows = instructions.map((instruction, index) => {
    const [to, shape, from] = entryOf(instruction);
    return [String(index), instruction.opcode, to, shape, `← ${from}`];
  });
  const count = `${rows.length} ${rows.length === 1 ? 'instruction' : 'instructions'}`;
  return [`${name}: ${count}`, ...align(rows, 1)].join('\n');
}

/** Every slot by its place, with the first and the last instruction that names it. */
function listArena(program: NativeProgram): string {
  const uses = usesOf(program);
  const slots = [...program.placement].sort(([, a], [, b]) => a - b);
  const rows = slots.map(([slot, at]) => {
    const names = uses.get(slot) ?? [];
    const ends = names.length > 1 ? `${names[0]} … ${names.at(-1)}` : names.join();
    return [String(at), String(slot.floats), slot.name, ends];
  });
  const heading = `arena: ${program.arenaFloats} floats`;
  return [heading, ...align([['at', 'floats', 'slot', 'used by'], ...rows], 2)].join('\n');
}

/** The instructions that name each slot, `forward 12`. */
function usesOf({ sections }: NativeProgram): Map<Slot, string[]> {
  const uses = new Map<Slot, string[]>();
  for (const name of nativeSectionNames)
    sections[name].forEach((instruction, index) => {
      for (const slot of new Set(slotsIn(instruction)))
        uses.get(slot)?.push(`${name} ${index}`) ?? uses.set(slot, [`${name} ${index}`]);
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
