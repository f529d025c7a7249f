import { expect, test } from 'vitest';
import { lowered, planned } from '../../../testkit/programs.ts';
import type { NativeInstruction } from './instructions.ts';
import { lowerNative } from './lower.ts';

const summing = (list: NativeInstruction[]) => list.filter((i) => 'sums' in i && i.sums).length;

test('only training sums channels', () => {
  const { forward, evaluate } = lowered({ layout: 'preact-bn' }).sections;
  expect(summing(evaluate)).toBe(0);
  expect(summing(forward)).toBeGreaterThan(0);
});

test('a gradient is summed by the convolution that leaves it, else by an instruction', () => {
  const { backward } = lowered({ layout: 'bn relu conv bn relu conv' }).sections;
  const summed = backward.filter((i) => i.opcode === 'normGradient').map(({ sums }) => sums);
  const by = backward.flatMap((i) =>
    (i.opcode === 'convGradient' || i.opcode === 'reduce') && i.sums ? [i.sums] : [],
  );
  expect(by).toEqual(summed);
  expect(backward.some(({ opcode }) => opcode === 'reduce')).toBe(true);
});

test('direct convolutions use no Winograd', () => {
  const program = planned({ layout: 'preact', net: 'resnext-8-2x16d' });
  const winograd = (way: 'fastest' | 'direct') =>
    lowerNative(program, { convolutions: way }).sections.forward.some(
      (i) => i.opcode === 'conv' && i.winograd,
    );
  expect([winograd('fastest'), winograd('direct')]).toEqual([true, false]);
});

test('narrow groups take Winograd’s way along rows, wide ones in tiles', () => {
  const dimensions = (net: string) => {
    const { forward } = lowered({ layout: 'preact', net }).sections;
    return new Set(
      forward.flatMap((i) => (i.opcode === 'conv' && i.kernel === 3 ? [i.winograd] : [])),
    );
  };
  expect(dimensions('resnext-8-2x4d')).toEqual(new Set([0, 1]));
  expect(dimensions('resnext-8-2x16d')).toContain(2);
});
