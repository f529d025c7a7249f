import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planned } from '../../testkit/programs.ts';
import { encodeSection } from './encode.ts';
import { hyperOrder } from './hyper.ts';
import { type Instruction, sectionNames } from './instructions.ts';
import { Slot, slotsIn } from './slots.ts';

const header = readFileSync('native/kernels/operands.h', 'utf8').replace(/\/\/.*/g, '');

/** Names of an enum's entries without their k: `kConvInput` is `convInput`. */
function enumOf(name: string): string[] {
  const [, body] = new RegExp(`enum ${name}[^{]*{([^}]*)}`).exec(header)!;
  const names = body.split(',').map((entry) => entry.trim().replace(/^k/, ''));
  return names.map((entry) => entry[0].toLowerCase() + entry.slice(1));
}

/** Words of a struct of the header, nested ones spelled out: `view.at`, `view.channels`, … */
function wordsOf(name: string): string[] {
  const [, body] = new RegExp(`struct ${name} {([^}]*)}`).exec(header)!;
  const declarations = body.split(';').filter((text) => text.trim());
  return declarations.flatMap((declaration) => {
    const [, type, fields] = /(\w+)\s+(.*)/s.exec(declaration.trim())!;
    const names = fields.split(',').map((field) => field.trim());
    if (type === 'int32_t') return names;
    return names.flatMap((field) => wordsOf(type).map((word) => `${field}.${word}`));
  });
}

const structOf = (opcode: string): string => `${opcode[0].toUpperCase()}${opcode.slice(1)}Operands`;

const opcodes = enumOf('Opcode').slice(0, -1);
const program = planned({ layout: 'bn relu conv bn relu dropout conv bn', batch: 16 });
const instructions = sectionNames.flatMap((name) => program.sections[name]);
const encoded = new Map(
  instructions.map((instruction) => [
    instruction,
    Array.from(encodeSection([instruction], program.placement)),
  ]),
);

/** Fields by their names in the header, which has no struct for a convolution's input gradient. */
const fieldsOf = (instruction: Instruction): object => ({
  ...instruction,
  ...('input' in instruction ? instruction.input : {}),
});

/** What a field of an instruction becomes, if it becomes one word. */
function wordFor(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === null) return -1;
  if (value instanceof Slot) return program.placement.get(value)!;
  const own = Object.values(value as object).find((field) => field instanceof Slot);
  return own && slotsIn(value).length === 1 ? program.placement.get(own as Slot) : undefined;
}

test('the test net uses every opcode of the header', () => {
  expect(new Set(instructions.map(({ opcode }) => opcode))).toEqual(new Set(opcodes));
});

test('hyperparameters stand in the order of the header', () => {
  expect(enumOf('Hyper').slice(0, -1)).toEqual([...hyperOrder]);
});

test('an accumulate is followed by its terms', () => {
  const sums = instructions.filter((i) => i.opcode === 'accumulate');
  const lengths = sums.map((i) => encoded.get(i)!.length - 2);
  const [own, term] = ['AccumulateOperands', 'Term'].map((name) => wordsOf(name).length);
  expect(lengths).toEqual(sums.map(({ terms }) => own + terms.length * term));
});

describe.each(opcodes)('%s', (opcode) => {
  const mine = instructions.filter((instruction) => instruction.opcode === opcode);
  const words = wordsOf(structOf(opcode));

  test('has the number of the header and counts its own operands', () => {
    for (const instruction of mine) {
      const [number, count, ...operands] = encoded.get(instruction)!;
      expect(number).toBe(opcodes.indexOf(opcode));
      expect(count).toBe(operands.length);
      if (opcode !== 'accumulate') expect(count).toBe(words.length);
    }
  });

  test('writes each field where the header reads it', () => {
    for (const instruction of mine) {
      const operands = encoded.get(instruction)!.slice(2);
      for (const [field, value] of Object.entries(fieldsOf(instruction))) {
        const expected = words.includes(field) ? wordFor(value) : undefined;
        if (expected !== undefined) expect(operands[words.indexOf(field)], field).toBe(expected);
      }
    }
  });
});
