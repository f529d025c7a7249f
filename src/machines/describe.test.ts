import { expect, test } from 'vitest';
import { parseLayout } from '../nets/layouts.ts';
import { type NetOptions, parseNet } from '../nets/networks.ts';
import type { Precision } from '../program/precision.ts';
import { describeNet } from './describe.ts';

const cifar = { channels: 3, height: 32, width: 32 };
const mnist = { channels: 1, height: 28, width: 28, features: 2 };

const described = (net: string, layout: string, options: Omit<NetOptions, 'layout'>) =>
  describeNet(parseNet(net, { layout: parseLayout(layout), ...options }), { batch: 16 });

test.each([
  ['relu-preact', 11_653_978],
  ['preact', 11_653_018],
  ['preact-bn', 11_660_186],
  ['bn-shake', 11_646_810],
])('parameters of the published 26 2×64d with %s, with its softmax: %i', (layout, published) => {
  const { parameters, macs } = described('resnext-26-2x64d', layout, cifar);
  expect(parameters + 256 * 10 + 10).toBe(published);
  expect(macs / 1e9).toBeCloseTo(1.69, 2);
});

test('the blocks of the net for MNIST, by hand', () => {
  const { blocks } = described('resnext-20-2x4d', 'preact-bn', mnist);
  const pixels = 28 * 28;
  expect(blocks).toHaveLength(10);
  expect(blocks[0]).toEqual({
    ...{ name: 'stem', branches: 1, in: 1, out: 16, stride: 1 },
    ...{ parameters: 16 * 9 + 2 * 16, macs: 16 * 9 * pixels },
  });
  const convs = 8 * 4 * 9 + 8 * 4 * 9;
  expect(blocks[2]).toEqual({
    ...{ name: 'stage1.block2', branches: 2, cardinality: 1, in: 4, inner: 4, out: 4, stride: 1 },
    ...{ parameters: convs + 3 * 2 * 8, macs: (convs + 8) * pixels },
  });
  expect(blocks[9]).toMatchObject({ name: 'stage3.block3', in: 16, out: 2, stride: 1 });
});

test('the arena grows with the batch and holds the head', () => {
  const net = parseNet('resnext-8-2x4d', { layout: parseLayout('preact'), ...mnist });
  const { arenaBytes } = describeNet(net, { batch: 16 });
  const initial = { kind: 'constant', value: 0 } as const;
  const head = [{ name: 'head.weight', shape: [10, 2], initial }];
  expect(describeNet(net, { batch: 32 }).arenaBytes).toBeGreaterThan(1.5 * arenaBytes);
  expect(describeNet(net, { batch: 16, head }).arenaBytes).toBe(arenaBytes + 3 * 32 * 4);
});

test('bf16 takes 0.6 of the memory where activations are most of it', () => {
  const net = parseNet('resnext-26-2x64d', { layout: parseLayout('preact-bn'), ...cifar });
  const of = (precision: Precision) => describeNet(net, { batch: 128, precision }).arenaBytes;
  expect(of('bf16') / of('float32')).toBeLessThan(0.6);
});

test('the listing names every section', () => {
  const { listing } = described('resnext-8-2x4d', 'postact', mnist);
  const headings = listing().match(/^\w+(?=: \d)/gm);
  expect(headings).toEqual(['forward', 'backward', 'update', 'evaluate', 'prepare', 'arena']);
});

test.each([
  [
    'resnext-602-2x4d',
    `${'bn '.repeat(60)}conv conv`,
    'steps in all its blocks; a net has at most 4096',
  ],
  ['resnext-20-100x4d', 'preact-bn', '100 branches; a net has at most 64'],
  ['resnext-20-64x9999d', 'preact-bn', 'channels side by side; a net has at most 1048576'],
])('a net beyond the limits is named: %s', (net, layout, message) => {
  expect(() => described(net, layout, mnist)).toThrow(message);
});
