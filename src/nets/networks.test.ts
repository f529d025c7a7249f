import { describe, expect, test } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { usualLayout } from './families.ts';
import { parseLayout } from './layouts.ts';
import { type NetOptions, parseNet } from './networks.ts';

const options: NetOptions = { layout: parseLayout('preact'), channels: 3, height: 32, width: 32 };
const net = (name: string, more: Partial<NetOptions> = {}) =>
  parseNet(name, { ...options, ...more });

describe('resnext-26-2x64d', () => {
  const { blocks, ...rest } = net('resnext-26-2x64d');

  test('has four blocks of two branches in each of three stages', () => {
    const names = [1, 2, 3].flatMap((s) => [1, 2, 3, 4].map((b) => `stage${s}.block${b}`));
    expect(blocks.map(({ name }) => name)).toEqual(names);
    expect(new Set(blocks.map(({ branches }) => branches))).toEqual(new Set([2]));
  });

  test('widens from the stem’s 16 channels to 64, 128 and 256', () => {
    const out = blocks.map(({ outChannels }) => outChannels);
    expect(out).toEqual([64, 64, 64, 64, 128, 128, 128, 128, 256, 256, 256, 256]);
    expect(blocks.map(({ inChannels }) => inChannels)).toEqual([16, ...out.slice(0, -1)]);
  });

  test('halves the resolution at the start of stages 2 and 3', () => {
    expect(blocks.map(({ stride }) => stride)).toEqual([1, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1]);
  });

  test('projects where channels or resolution change', () => {
    const projecting = blocks.filter(({ skip }) => skip === 'project').map(({ name }) => name);
    expect(projecting).toEqual(['stage1.block1', 'stage2.block1', 'stage3.block1']);
  });

  test('ends with a ReLU and 256 features', () => {
    const input = { channels: 3, height: 32, width: 32 };
    const name = 'resnext-26-2x64d';
    const { layout } = options;
    const stem = { channels: 16, finish: ['bn'] };
    const ends = { projection: 'paths', end: ['relu'], features: 256 };
    expect(rest).toEqual({ name, layout, input, stem, ...ends });
  });
});

test('a first stage as wide as the stem does not project', () => {
  expect(net('resnext-8-3x16d').blocks[0].skip).toBe('identity');
});

describe('features', () => {
  const { blocks, end, features } = net('resnext-20-2x4d', { features: 2 });

  test('narrow the last block only, which then projects, and drop the last ReLU', () => {
    expect(blocks.map(({ outChannels }) => outChannels)).toEqual([4, 4, 4, 8, 8, 8, 16, 16, 2]);
    expect(blocks[8]).toMatchObject({ inChannels: 16, stride: 1, skip: 'project' });
    expect([end, features]).toEqual([[], 2]);
  });

  test('null leaves the net’s own', () => {
    expect(net('resnext-20-2x4d', { features: null })).toMatchObject({
      end: ['relu'],
      features: 16,
    });
  });

  test.each([0, -2, -1, 1.5, Number.NaN])('%d is refused', (given) => {
    expect(() => net('resnext-20-2x4d', { features: given })).toThrow(RequestError);
  });

  test('what is no count of channels is named, with the rule', () => {
    for (const given of [0, -2])
      expect(() => net('resnext-20-2x4d', { features: given })).toThrow(
        `features ${given}: must be a whole number from 1 to 65536; try 2`,
      );
  });

  test('an odd number cannot be projected to', () => {
    expect(() => net('resnext-20-2x4d', { features: 3 })).toThrow(
      /stage3\.block3 projects to 3 channels.*choose an even width/,
    );
  });
});

describe('bottlenecks', () => {
  const layout = parseLayout('bottleneck-postact');

  test('resnext-29-16x64d has one branch of 16 groups, 64 to 256 wide in each stage', () => {
    const { blocks, stem, projection } = net('resnext-29-16x64d', { layout });
    expect(stem).toEqual({ channels: 64, finish: ['bn', 'relu'] });
    expect(projection).toBe('conv-bn');
    expect(blocks.map(({ stride }) => stride)).toEqual([1, 1, 1, 2, 1, 1, 2, 1, 1]);
    expect(blocks.map(({ innerChannels }) => innerChannels)).toEqual(
      [1024, 2048, 4096].flatMap((width) => [width, width, width]),
    );
    expect(blocks.at(-1)).toMatchObject({ branches: 1, cardinality: 16, outChannels: 1024 });
  });

  test('resnext-29-2x4x64d has two branches of 4 groups', () => {
    const [block] = net('resnext-29-2x4x64d', { layout }).blocks;
    expect(block).toMatchObject({ branches: 2, cardinality: 4, innerChannels: 256 });
    expect(block).toMatchObject({ inChannels: 64, outChannels: 256, skip: 'project' });
  });

  test('features narrow the end of the last block, not its inside', () => {
    const { blocks, features } = net('resnext-29-2x4x64d', { layout, features: 3 });
    expect(blocks.at(-1)).toMatchObject({ innerChannels: 1024, outChannels: 3 });
    expect(features).toBe(3);
  });
});

describe('wrn-28-10', () => {
  const { blocks, ...rest } = net('wrn-28-10');

  test('has one branch, four blocks a stage, 160 to 640 wide', () => {
    const out = [160, 320, 640].flatMap((width) => Array(4).fill(width));
    expect(blocks.map(({ outChannels }) => outChannels)).toEqual(out);
    expect(blocks.every(({ branches, cardinality }) => branches * cardinality === 1)).toBe(true);
  });

  test('has a bare stem, a projection of the activated input, bn and ReLU at its end', () => {
    const stem = { channels: 16, finish: [] };
    expect(rest).toMatchObject({ stem, projection: 'preact-conv', end: ['bn', 'relu'] });
    expect(net('wrn-28-10', { features: 2 }).end).toEqual(['bn']);
  });

  test('a first stage as wide as the stem does not project', () => {
    expect(net('wrn-16-1').blocks[0].skip).toBe('identity');
  });
});

test.each([
  ['resnext-26-2x64d', 'preact-bn'],
  ['resnext-20-2x4d', 'preact-bn'],
  ['resnext-29-16x64d', 'bottleneck-postact'],
  ['resnext-20-2x4x8d', 'bottleneck-postact'],
  ['wrn-28-10', 'preact'],
  ['resnext-28-2x4d', 'preact-bn'],
  ['what-ever', 'preact-bn'],
])('the usual layout of %s is %s', (name, layout) => {
  expect(usualLayout(name)).toBe(layout);
});

describe('names that are refused', () => {
  test.each([
    ['resnext-21-2x4d', 'the depth 21 is not 6n + 2; try 20 or 26'],
    ['resnext-2-2x4d', 'the depth 2 is not 6n + 2; try 8 or 14'],
    ['resnext-7-2x4d', 'the depth 7 is not 6n + 2; try 8 or 14'],
    ['resnext-20-0x4d', 'a net is named resnext-D-NxWd'],
    ['resnext-20-2x0d', 'a net is named resnext-D-NxWd'],
    ['resnext-20-2x4', 'for example resnext-20-2x4d'],
    ['resnext-20-2×4d', 'a net is named resnext-D-NxWd'],
    ['vgg-16', 'a net is named resnext-D-NxWd'],
    ['resnext-29-2x0x4d', 'a net is named resnext-D-NxWd, resnext-D-NxCxWd or wrn-D-K'],
    ['wrn-28-0', 'a net is named resnext-D-NxWd'],
    ['wrn-28', 'for example resnext-20-2x4d, resnext-26-2x64d, resnext-29-2x4x64d or wrn-28-10'],
    ['wrn-26-2', 'the depth 26 is not 6n + 4; try 22 or 28'],
    ['wrn-4-2', 'the depth 4 is not 6n + 4; try 10 or 16'],
    [
      'resnext-29-16x64d',
      'the depth 29 is not 6n + 2; try 26 or 32, ' +
        'or a layout of three convolutions such as bottleneck-postact',
    ],
    [
      'resnext-26-2x4x64d',
      "the 4 groups need three convolutions a branch and layout 'preact' has fewer",
    ],
    ['resnext-20-2x5d', 'stage1.block1 projects to 5 channels'],
  ])('%s: %s', (name, rule) => {
    expect(() => net(name)).toThrow(RequestError);
    expect(() => net(name)).toThrow(`net '${name}': `);
    expect(() => net(name)).toThrow(rule);
  });

  test('a depth of two convolutions with a layout of three', () => {
    const layout = parseLayout('bottleneck-preact');
    expect(() => net('resnext-26-2x64d', { layout })).toThrow(
      'the depth 26 is not 9n + 2; try 20 or 29, or a layout of two convolutions such as preact-bn',
    );
  });
});

fuzzText('net names', {
  valid: ['resnext-20-2x4d', 'resnext-26-2x64d', 'resnext-8-1x2d'],
  parse: (text) => net(text),
  accepted({ blocks, features }) {
    for (const { branches, outChannels } of blocks) {
      expect(branches * outChannels).toBeGreaterThan(0);
    }
    expect(features).toBe(blocks.at(-1)!.outChannels);
  },
  words: ['resnext-', 'wrn-', '-', 'x', 'd', '26', '29', '16x64d', '9999'],
});
