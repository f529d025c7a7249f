import { expect, it, test } from 'vitest';
import { lowered, manyPlans, planned } from '../../testkit/programs.ts';
import type { Instruction } from './instructions.ts';
import { slotsIn } from './slots.ts';

/** What an instruction stores a result in. */
const resultOf = (one: Instruction) => ('to' in one && one.to ? slotsIn(one.to) : []);

const wide = {
  net: 'resnext-26-2x64d',
  layout: 'preact-bn',
  channels: 3,
  size: 32,
  features: null,
};

test.each(manyPlans)('$layout $net: the backward reads nothing that is forgotten', (plan) => {
  const { forward, backward } = planned({ ...plan, memory: 'low' }).sections;
  const anew = backward.filter(({ opcode }) => opcode === 'conv');
  const forgotten = new Set(anew.flatMap(resultOf).map(({ name }) => name.replace(/\.anew$/, '')));
  expect(forgotten.size).toBe(anew.length);
  const kept = forward.flatMap(resultOf).filter(({ name }) => forgotten.has(name));
  expect(kept).toHaveLength(anew.length);
  const read = new Set(backward.flatMap(slotsIn));
  expect(kept.filter((slot) => read.has(slot))).toEqual([]);
});

test.each(manyPlans)('$layout $net: what is computed anew is there before it is read', (plan) => {
  const { backward } = planned({ ...plan, memory: 'low' }).sections;
  const computed = new Set<unknown>();
  for (const one of backward) {
    const results = new Set(resultOf(one));
    const early = slotsIn(one).filter(({ name }) => name.endsWith('.anew'));
    expect(early.filter((slot) => !results.has(slot) && !computed.has(slot))).toEqual([]);
    for (const slot of results) computed.add(slot);
  }
});

it('computes the convolutions of the largest maps anew, each once', () => {
  const { backward } = planned({ ...wide, memory: 'low' }).sections;
  const anew = backward.filter((one) => one.opcode === 'conv').map(({ to }) => to.slot.name);
  const blocks = [4, 3, 2, 1].map((block) => `stage1.block${block}.branches`);
  expect(anew).toEqual(blocks.flatMap((block) => [`${block}.2.anew`, `${block}.5.anew`]));
});

it('trains 26 2×64d at batch 128 in two thirds of the memory', () => {
  const [usual, low] = (['usual', 'low'] as const).map(
    (memory) => lowered({ ...wide, batch: 128, memory }).arenaFloats,
  );
  expect(4 * usual).toBeGreaterThan(1.5e9);
  expect(low / usual).toBeLessThan(0.66);
});
