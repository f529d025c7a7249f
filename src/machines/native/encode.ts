import { dropoutThreshold } from '../../ops/dropout.ts';
import type { OperandKind, OperandKinds, OperandOf } from '../../program/instructions.ts';
import { termKinds } from '../../program/operands.ts';
import type { Slot } from '../../program/slots.ts';
import { instructions, type NativeInstruction, type NativeOpcode } from './instructions.ts';

/** Operands of one word: how it is made, and what stands for none. */
const words = {
  number: (value) => value ?? 1,
  flag: (value) => Number(value ?? false),
  /** A value is kept where its hash reaches this threshold, an unsigned word. */
  probability: (value) => dropoutThreshold(value ?? 0),
  termKind: (value) => (value ? termKinds.indexOf(value) : 0),
  /** Floats from the arena's start; -1 for none. */
  slot: (value, place) => (value ? place(value) : -1),
} satisfies {
  [K in keyof OperandKinds]?: (value: OperandKinds[K] | null, place: Place) => number;
};
export type Word = keyof typeof words;

type Place = (slot: Slot) => number;

/** The kind whose operands are of a type. */
type KindOf<T> = {
  [K in OperandKind]: [T, OperandOf<K>] extends [OperandOf<K>, T] ? K : never;
}[OperandKind];

type Struct = 'shape' | 'stored' | 'normRecord' | 'coefficients' | 'view' | 'term';

/** Operands of several words: their fields in order, of which the C++ structs are made too. */
export const structs: {
  [K in Struct]: { [Field in keyof OperandKinds[K]]: KindOf<OperandKinds[K][Field]> };
} = {
  shape: { channels: 'number', height: 'number', width: 'number' },
  stored: { slot: 'slot', channels: 'number', height: 'number', width: 'number' },
  normRecord: { record: 'slot', channels: 'number', copies: 'number' },
  coefficients: { slot: 'slot', bands: 'number', branches: 'number' },
  view: { of: 'stored', norm: 'normRecord?', relu: 'flag', subsample: 'number' },
  term: {
    kind: 'termKind',
    gradient: 'slot',
    channels: 'number',
    coefficients: 'coefficients?',
    view: 'view',
  },
};

/** A kind without the mark of those that may be null. */
export const baseKind = (kind: OperandKind): keyof OperandKinds =>
  kind.replace('?', '') as keyof OperandKinds;

/** An instruction list as the native machine reads it: [opcode, count, operands…] each. */
export function encodeSection(
  list: NativeInstruction[],
  placement: ReadonlyMap<Slot, number>,
): Int32Array {
  const place: Place = (slot) => placement.get(slot)!;
  const encoded = list.flatMap((instruction) => {
    const { opcode, ...operands } = instruction;
    const own = fieldWords(instructions[opcode], operands, place);
    return [opcodes.indexOf(opcode), own.length, ...own];
  });
  return Int32Array.from(encoded);
}

/** By their numbers. */
export const opcodes = Object.keys(instructions) as NativeOpcode[];

/** The words of a record's fields, in the order of their kinds. */
function fieldWords(
  kinds: Record<string, OperandKind>,
  fields: Record<string, unknown> | null,
  place: Place,
): number[] {
  return Object.entries(kinds).flatMap(([name, kind]) =>
    operandWords(baseKind(kind), fields?.[name] ?? null, place),
  );
}

function operandWords(kind: keyof OperandKinds, value: unknown, place: Place): number[] {
  if (kind in words) return [words[kind as Word](value as never, place)];
  if (kind in structs)
    return fieldWords(structs[kind as Struct], value as Record<string, unknown> | null, place);
  const terms = value as OperandKinds['terms'];
  return [terms.length, ...terms.flatMap((term) => operandWords('term', term, place))];
}
