import { expect, test } from 'vitest';
import { planned } from '../../testkit/programs.ts';
import type { Instruction } from './instructions.ts';

/** Names of what is stored for its own sake: normalised, rectified, but not mixed. */
const storedViews = (instructions: Instruction[]): string[] =>
  instructions.flatMap((i) => (i.opcode === 'mix' && !i.branches ? [i.to.slot.name] : []));

test.each(['preact', 'preact-bn', 'relu-preact', 'bn-shake', 'postact'])(
  '%s stores no batch norm but the stem’s, which branches and skip path share, and no ReLU',
  (layout) => {
    const { forward, evaluate } = planned({ layout }).sections;
    expect(storedViews(forward)).toEqual(['stem.batchNorm2']);
    expect(storedViews(evaluate)).toEqual(['stem.batchNorm2']);
  },
);

test('a batch norm of a batch norm stores the first one', () => {
  const { forward } = planned({ layout: 'bn bn conv', net: 'resnext-8-2x4d' }).sections;
  expect(storedViews(forward)).toHaveLength(4);
});

test('only training computes statistics', () => {
  const { forward, evaluate } = planned({ layout: 'preact-bn' }).sections;
  expect(evaluate.some(({ opcode }) => opcode === 'statistics')).toBe(false);
  expect(forward.some(({ opcode }) => opcode === 'normalise')).toBe(false);
});
