import { expect, test } from 'vitest';
import { manyPlans, planned } from '../../testkit/programs.ts';
import type { Instruction } from './instructions.ts';

/** Names of the parameter gradients that an instruction writes. */
function gradientsOf(instruction: Instruction): string[] {
  if (instruction.opcode === 'convGradient') return [instruction.gradient.name];
  if (instruction.opcode !== 'normGradient') return [];
  return [instruction.gammaGradient.name, instruction.betaGradient.name];
}

test.each(manyPlans)('$layout $net: each gradient is written by one instruction', (plan) => {
  const { sections, parameters } = planned(plan);
  const written = sections.backward.flatMap(gradientsOf);
  expect(written.sort()).toEqual(parameters.map(({ gradient }) => gradient.name).sort());
});

test('no gradient is computed for the images', () => {
  const { backward } = planned({ layout: 'preact-bn' }).sections;
  const last = backward.filter((i) => i.opcode === 'convGradient').at(-1)!;
  expect(last.view.of.slot.name).toBe('images');
  expect(last.to).toBeNull();
});
