import { describe, expect, test } from 'vitest';
import { parseLayout } from '../nets/layouts.ts';
import { type NetOptions, parseNet } from '../nets/networks.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { Op } from '../ops/table.ts';
import { buildGraph, type Graph, macsOf, type Node, parametersOf } from './graph.ts';

const cifar = { channels: 3, height: 32, width: 32 };
const mnist = { channels: 1, height: 28, width: 28 };

function graphOf(net: string, layout: string, options: Omit<NetOptions, 'layout'>, bands = 1) {
  const parsed = parseNet(net, { layout: parseLayout(layout), ...options });
  const { channels } = options;
  const [mean, std] = [Array(channels).fill(128), Array(channels).fill(64)];
  return buildGraph(parsed, { mean, std, bands });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** The ops of one block's branches, up to its skip path, in the order in which they run. */
function branchOps(layout: string, branches: number): Partial<Op>[] {
  const { nodes } = graphOf(`resnext-8-${branches}x6d`, layout, cifar);
  const inside = nodes.filter(({ part }) => part === 'stage2.block1').map(({ op }) => op);
  return inside.slice(0, parseLayout(layout).branch.length);
}

describe('branches are groups', () => {
  const wide = { merged: 3, outChannels: 36 };

  test('the first conv reads the shared input densely, the second branch by branch', () => {
    expect(branchOps('relu conv bn relu conv', 3)).toMatchObject([
      { kind: 'relu' },
      { kind: 'conv', groups: 1, stride: 2, ...wide },
      { kind: 'batchNorm', copies: 1 },
      { kind: 'relu' },
      { kind: 'conv', groups: 3, stride: 1, ...wide },
    ]);
  });

  test('a leading bn has a copy for every branch, so that the conv after it is grouped', () => {
    expect(branchOps('bn relu conv', 3)).toMatchObject([
      { kind: 'batchNorm', copies: 3 },
      { kind: 'relu' },
      { kind: 'conv', groups: 3, stride: 2, ...wide },
    ]);
    expect(branchOps('relu bn conv', 3)[1]).toMatchObject({ kind: 'batchNorm', copies: 3 });
  });

  test('only the first of two leading bns makes the copies', () => {
    expect(branchOps('bn bn conv', 3)).toMatchObject([{ copies: 3 }, { copies: 1 }, { groups: 3 }]);
  });

  test('a single branch is a plain net', () => {
    expect(branchOps('bn conv conv', 1)).toMatchObject([
      { copies: 1 },
      { groups: 1, merged: 1, outChannels: 12, stride: 2 },
      { groups: 1, merged: 1, outChannels: 12, stride: 1 },
    ]);
  });
});

describe('three convolutions', () => {
  const inside = (name: string, layout: string) =>
    graphOf(name, layout, cifar).nodes.filter(({ part }) => part === 'stage2.block1');
  const convs = inside('resnext-11-2x4x8d', 'bottleneck-postact').flatMap(({ op }) =>
    op.kind === 'conv' ? [op] : [],
  );

  test('the middle one has the cardinality, a branch, and the stride; all branches are merged', () => {
    expect(convs).toMatchObject([
      { kernel: 1, stride: 1, groups: 1, merged: 2, outChannels: 2 * 64 },
      { kernel: 3, stride: 2, groups: 2 * 4, merged: 2, outChannels: 2 * 64 },
      { kernel: 1, stride: 1, groups: 2, merged: 2, outChannels: 2 * 512 },
      { name: 'stage2.block1.skip.conv', kernel: 1, stride: 2, groups: 1, outChannels: 512 },
    ]);
  });

  test('their skip path is a 1×1 convolution of the block’s input and a bn', () => {
    const nodes = inside('resnext-11-2x4x8d', 'bottleneck-postact');
    const [bn] = nodes.find(({ op }) => op.kind === 'mix')!.inputs;
    const [conv] = bn.inputs;
    expect(bn.op).toMatchObject({ kind: 'batchNorm', name: 'stage2.block1.skip.bn' });
    expect(conv.inputs[0].part).toBe('stage1.block1');
  });

  test('without a 3×3 convolution the first one strides', () => {
    const [first, second] = inside('resnext-8-1x4d', 'conv1 conv1').map(({ op }) => op);
    expect([first, second]).toMatchObject([{ stride: 2 }, { stride: 1 }]);
  });
});

describe('a Wide ResNet', () => {
  const { nodes } = graphOf('wrn-10-2', 'preact-dropout', cifar);
  const opOf = (name: string) => nodes.find(({ op }) => 'name' in op && op.name === name)!;

  test('projects what the leading bn and relu leave, without a bn', () => {
    const conv = opOf('stage2.block1.skip.conv');
    expect(conv.inputs[0]).toBe(opOf('stage2.block1.branches.2').inputs[0]);
    expect(nodes.filter(({ inputs }) => inputs.includes(conv)).map(({ op }) => op.kind)).toEqual([
      'mix',
    ]);
  });

  test('begins with a bare convolution and ends with bn and ReLU', () => {
    const readers = nodes.filter(({ inputs }) => inputs.includes(opOf('stem.conv')));
    expect(readers.map(({ op }) => op.kind)).toEqual(['batchNorm']);
    expect(nodes.slice(-3).map(({ op }) => op.kind)).toEqual(['batchNorm', 'relu', 'globalPool']);
  });

  test('numbers its dropouts through the net', () => {
    const dropouts = nodes.flatMap(({ op }) => (op.kind === 'dropout' ? [op] : []));
    expect(dropouts).toEqual([0, 1, 2].map((index) => ({ kind: 'dropout', index, rate: 0.3 })));
  });
});

describe('the way through a block', () => {
  const { nodes, output } = graphOf('resnext-8-2x4d', 'postact', cifar, 3);
  const mixes = nodes.filter(({ op }) => op.kind === 'mix');

  test('every node reads earlier ones, and the last one yields the features', () => {
    for (const [index, { id, inputs }] of nodes.entries()) {
      expect(id).toBe(index);
      for (const input of inputs) expect(input.id).toBeLessThan(index);
    }
    expect(output).toBe(nodes.at(-1));
    expect(output.shape).toEqual({ channels: 16, height: 1, width: 1 });
  });

  test('mixes are numbered by block and know the law’s bands', () => {
    expect(mixes.map(({ op }) => op)).toEqual(
      [0, 1, 2].map((block) => ({ kind: 'mix', block, branches: 2, bands: 3 })),
    );
  });

  test('the skip path is projected: ReLU, two subsampled views, 1×1 conv in two groups, bn', () => {
    const way: Op[] = [];
    for (let at: Node = mixes[1].inputs[0]; at.part === 'stage2.block1'; at = at.inputs[0])
      way.unshift(at.op);
    expect(way).toMatchObject([
      { kind: 'relu' },
      { kind: 'subsample', stride: 2 },
      { kind: 'conv', kernel: 1, groups: 2, outChannels: 8 },
      { kind: 'batchNorm', copies: 1 },
    ]);
  });

  test('post-activation has its ReLU after the addition', () => {
    const readers = nodes.filter(({ inputs }) => inputs.includes(mixes[0]));
    expect(readers.map(({ op }) => op.kind)).toEqual(['relu']);
  });

  test('identity hands the block’s input on as it is', () => {
    const { nodes } = graphOf('resnext-8-2x16d', 'preact', cifar);
    const [skip] = nodes.find(({ op }) => op.kind === 'mix')!.inputs;
    expect(skip.op).toMatchObject({ kind: 'batchNorm', name: 'stem.bn' });
  });
});

test('parameters have the names and shapes of checkpoints', () => {
  const { nodes } = graphOf('resnext-8-2x4d', 'preact-bn', { channels: 1, height: 9, width: 7 });
  const named = nodes.flatMap(parametersOf).map(({ name, shape }) => [name, shape]);
  const block = named.filter(([name]) => String(name).startsWith('stage1.block1.'));
  expect(named.slice(0, 3)).toEqual([
    ['stem.conv.weight', [16, 1, 3, 3]],
    ['stem.bn.weight', [16]],
    ['stem.bn.bias', [16]],
  ]);
  expect(block).toEqual([
    ['stage1.block1.branches.0.weight', [32]],
    ['stage1.block1.branches.0.bias', [32]],
    ['stage1.block1.branches.2.weight', [8, 16, 3, 3]],
    ['stage1.block1.branches.3.weight', [8]],
    ['stage1.block1.branches.3.bias', [8]],
    ['stage1.block1.branches.5.weight', [8, 4, 3, 3]],
    ['stage1.block1.branches.6.weight', [8]],
    ['stage1.block1.branches.6.bias', [8]],
    ['stage1.block1.skip.conv.weight', [4, 16, 1, 1]],
    ['stage1.block1.skip.bn.weight', [4]],
    ['stage1.block1.skip.bn.bias', [4]],
  ]);
});

const parameters = ({ nodes }: Graph) =>
  sum(nodes.flatMap(parametersOf).map(({ shape }) => sizeOf(shape)));
const macs = ({ nodes }: Graph) => sum(nodes.map(macsOf));

test.each([
  ['relu-preact', 11_653_978],
  ['preact', 11_653_018],
  ['preact-bn', 11_660_186],
  ['bn-shake', 11_646_810],
])('26 2×64d, %s, with its softmax head has the published %i parameters', (layout, published) => {
  const graph = graphOf('resnext-26-2x64d', layout, cifar);
  expect(parameters(graph) + 10 * 256 + 10).toBe(published);
});

test('products of an image’s forward', () => {
  expect(macs(graphOf('resnext-26-2x64d', 'preact-bn', cifar)) / 1e9).toBeCloseTo(1.69, 2);
  expect(macs(graphOf('resnext-20-2x4d', 'preact-bn', mnist)) / 1e6).toBeCloseTo(4.7, 1);
});
