import { expect, test } from 'vitest';
import { planned } from '../../testkit/programs.ts';
import type { SlotValues } from '../machines/machine.ts';
import { referenceMachine } from '../machines/reference/reference.ts';
import { parseMixing } from '../mixing/index.ts';
import type { Slot } from '../program/slots.ts';
import { Draws } from './draws.ts';

const program = planned({ net: 'resnext-8-2x2d', layout: 'conv dropout=0.5 conv', batch: 16 });
const written = new Map<Slot, SlotValues>();
const execution = {
  ...referenceMachine.open(program),
  write: (slot: Slot, values: SlotValues) => void written.set(slot, values),
};
const draws = new Draws(program, parseMixing('even'), execution);

/** The keys of the net's three dropouts, as text. */
function keysAt(seed: number, step: number): string[] {
  draws.training({ seed, step }, 16);
  return program.dropoutKeys.map((key) => {
    expect(written.get(key)).toBeInstanceOf(Uint32Array);
    return String(written.get(key));
  });
}

test('every dropout has a key of its own at every step of every seed', () => {
  const keys = [keysAt(1, 0), keysAt(1, 1), keysAt(2, 0)].flat();
  expect(new Set(keys).size).toBe(9);
});

test('the same seed and step have the same keys', () => {
  expect(keysAt(7, 3)).toEqual(keysAt(7, 3));
});

test('coefficients are as many as the pass has samples', () => {
  draws.training({ seed: 1, step: 0 }, 16);
  for (const { forward, backward } of program.coefficients)
    expect([forward, backward].map(({ slot }) => written.get(slot)!.length)).toEqual([32, 32]);
});
