import { expect, test } from 'vitest';
import { buildGraph, macsOf as graphMacs } from '../graph/graph.ts';
import { parseLayout } from '../nets/layouts.ts';
import { type Net, parseNet } from '../nets/networks.ts';
import { benchCases, netOf } from './cases.ts';
import { type Convolution, type ConvolutionForm, convolutionsOf } from './convolutions.ts';

const cifar = { channels: 3, height: 32, width: 32 };
const netWith = (layout: string) =>
  parseNet('resnext-26-2x16d', { ...cifar, layout: parseLayout(layout) });

function macsOf({ kernel, stride, height, width }: Convolution, form: ConvolutionForm): number {
  const pixels = Math.ceil(height / stride) * Math.ceil(width / stride);
  const weights = kernel ** 2 * (form.channels / form.groups) * form.outChannels;
  return form.times * pixels * weights;
}

function convolutionMacs(net: Net): number {
  const neutral = (value: number) => Array(net.input.channels).fill(value);
  const { nodes } = buildGraph(net, { mean: neutral(0), std: neutral(1) });
  return nodes
    .filter(({ op }) => op.kind === 'conv')
    .reduce((sum, node) => sum + graphMacs(node), 0);
}

test.each(benchCases.filter(({ mode }) => mode === 'evaluate'))(
  "in any form they make the multiply-accumulates of the graph's convolutions: $name",
  (benchCase) => {
    const net = netOf(benchCase);
    const all = convolutionsOf(net);
    const total = (pick: (forms: ConvolutionForm[]) => ConvolutionForm) =>
      all.reduce((sum, one) => sum + one.count * macsOf(one, pick(one.forms)), 0);
    expect(total((forms) => forms[0])).toBe(convolutionMacs(net));
    expect(total((forms) => forms.at(-1)!)).toBe(convolutionMacs(net));
  },
);

test('alike convolutions are one with their count; branches come merged and apart', () => {
  const all = convolutionsOf(netWith('preact-bn'));
  expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(1 + 2 * 12 + 2);
  const image = { height: 32, width: 32, kernel: 3, stride: 1 };
  expect(all[0]).toEqual({
    ...{ ...image, count: 1, inputGradient: false },
    forms: [{ times: 1, channels: 3, outChannels: 16, groups: 1 }],
  });
  expect(all).toContainEqual({
    ...{ ...image, count: 8, inputGradient: true },
    forms: [
      { times: 1, channels: 32, outChannels: 32, groups: 2 },
      { times: 2, channels: 16, outChannels: 16, groups: 1 },
    ],
  });
});

test('branches that share their input read all of it when they are apart', () => {
  const [, first] = convolutionsOf(netWith('relu conv bn relu conv'));
  expect(first.forms).toEqual([
    { times: 1, channels: 16, outChannels: 32, groups: 1 },
    { times: 2, channels: 16, outChannels: 16, groups: 1 },
  ]);
});
