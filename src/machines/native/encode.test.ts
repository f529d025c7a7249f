import { describe, expect, test } from 'vitest';
import { lowered } from '../../../testkit/programs.ts';
import type { Slot } from '../../program/slots.ts';
import { encodeSection, opcodes } from './encode.ts';
import { type NativeOf, nativeSectionNames, instructions as table } from './instructions.ts';

const program = lowered({ layout: 'bn relu conv bn relu dropout conv bn', batch: 16 });
const instructions = nativeSectionNames.flatMap((name) => program.sections[name]);
const encode = (one: (typeof instructions)[number]) => [...encodeSection([one], program.placement)];
const at = (slot: Slot) => program.placement.get(slot)!;
const firstOf = <K extends (typeof opcodes)[number]>(opcode: K) =>
  instructions.find((i) => i.opcode === opcode) as unknown as NativeOf<K>;

test('the test net uses every opcode', () => {
  expect(new Set(instructions.map(({ opcode }) => opcode))).toEqual(new Set(opcodes));
});

describe.each(opcodes)('%s', (opcode) => {
  test('has its place as its number and counts its own operands', () => {
    for (const instruction of instructions.filter((one) => one.opcode === opcode)) {
      const [number, count, ...operands] = encode(instruction);
      expect(number).toBe(opcodes.indexOf(opcode));
      expect(count).toBe(operands.length);
    }
  });

  test('has terms, if any, at its end, where the header has only their number', () => {
    const kinds: string[] = Object.values(table[opcode]);
    expect(kinds.slice(0, -1)).not.toContain('terms');
  });
});

test('a convolution is its view, weights, result, shape and sums', () => {
  const conv = firstOf('conv');
  const { view, to, weights, kernel, stride, groups, winograd, sums } = conv;
  const none = [-1, 1, 1];
  expect(encode(conv).slice(2)).toEqual([
    ...[at(view.of.slot), view.of.channels, view.of.height, view.of.width],
    ...none,
    ...[Number(view.relu), view.subsample],
    ...[at(weights), at(to.slot), to.channels, to.height, to.width],
    ...[kernel, stride, groups, Number(winograd), at(sums!)],
  ]);
});

test('a mix without branches has none of what they need', () => {
  const stored = instructions.find((i) => i.opcode === 'mix' && !i.branches)!;
  const words = encode(stored).slice(2);
  expect(words.slice(9, 21)).toEqual([-1, 1, 1, 1, -1, 1, 1, 0, 1, -1, 1, 1]);
});

test('a dropout’s rate is the threshold of its hash, an unsigned word', () => {
  const dropout = { ...firstOf('dropout'), rate: 0.75 };
  expect(encode(dropout)[2 + 9 + 1] >>> 0).toBe(0.75 * 2 ** 32);
});

test('an accumulate is followed by its terms', () => {
  for (const sum of instructions.filter((i) => i.opcode === 'accumulate')) {
    const words = encode(sum).slice(2);
    expect(words[4]).toBe(sum.terms.length);
    const length = (words.length - 5) / sum.terms.length;
    expect(length).toBe(15);
    sum.terms.forEach(({ gradient }, i) => {
      expect(words[5 + i * length + 1]).toBe(at(gradient));
    });
  }
});
