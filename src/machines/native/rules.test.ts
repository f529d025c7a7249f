import { expect, test } from 'vitest';
import { lowered } from '../../../testkit/programs.ts';
import { parseLayout } from '../../nets/layouts.ts';
import { parseNet } from '../../nets/networks.ts';
import { describeNet } from '../describe.ts';
import type { NativeOf, NativeOpcode } from './instructions.ts';
import { costOf, totalCost } from './rules.ts';

const { sections } = lowered({ layout: 'preact-bn' });
const all = Object.values(sections).flat();

function firstOf<K extends NativeOpcode>(opcode: K): NativeOf<K> {
  return all.find((i) => i.opcode === opcode) as unknown as NativeOf<K>;
}

const pixels = 28 * 28;

test.each<[NativeOpcode, number, number]>([
  ['load', 16 * pixels, 16 * pixels * 5],
  // the stem: 1 channel to 16, 3×3
  ['conv', 16 * pixels * 16 * 9, 4 * (16 * pixels * (1 + 16) + 16 * 9)],
  // the stem's filter: 16×1×3×3, read and written
  ['pack', 0, 4 * 2 * 144],
  ['poolGradient', 0, 4 * 2 * 16 * 2],
])('a %s of 16 images: %i MACs, %i bytes', (opcode, macs, bytes) => {
  expect(costOf(firstOf(opcode), 16)).toEqual({ macs, bytes });
});

test('a convolution has both its gradients in one instruction, but for the stem', () => {
  const gradients = sections.backward.filter((i) => i.opcode === 'convGradient');
  const forward = sections.forward.filter((i) => i.opcode === 'conv').toReversed();
  const ratios = gradients.map((i, k) => costOf(i, 16).macs / costOf(forward[k], 16).macs);
  expect(ratios).toEqual([...Array(gradients.length - 1).fill(2), 1]);
});

test('the convolutions and mixes of a forward have the MACs of the net', () => {
  const shape = { channels: 1, height: 28, width: 28, features: 2 };
  const net = parseNet('resnext-20-2x4d', { ...shape, layout: parseLayout('preact-bn') });
  const counted = sections.evaluate.filter((i) => i.opcode === 'conv' || i.opcode === 'mix');
  expect(totalCost(counted, 16).macs).toBe(16 * describeNet(net, { batch: 128 }).macs);
});

test('every instruction touches memory, in proportion to the samples where it holds any', () => {
  for (const instruction of all) expect(costOf(instruction, 16).bytes).toBeGreaterThan(0);
  const { macs } = totalCost(sections.forward, 64);
  expect(macs).toBe(4 * totalCost(sections.forward, 16).macs);
});
