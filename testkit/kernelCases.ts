import { buildGraph, type Graph, macsOf } from '../src/graph/graph.ts';
import type { Finish, Projection } from '../src/nets/architecture.ts';
import { namedLayouts, parseLayout } from '../src/nets/layouts.ts';
import type { Block, Net } from '../src/nets/networks.ts';
import { planProgram } from '../src/program/plan.ts';
import type { Precision } from '../src/program/precision.ts';
import type { Program } from '../src/program/program.ts';
import { coveringCases } from './coveringCases.ts';

/** A small whole net and what it is run on. */
export interface KernelCase {
  layout: string;
  branches: number;
  /** Groups of the middle one of three convolutions. */
  cardinality: number;
  /** Channels of the first block; a block that projects rounds an odd number up to even. */
  width: number;
  /** The blocks: see `blocksOf`. */
  chain: 'identity' | 'widen' | 'halve' | 'deep';
  /** What follows the stem's convolution, and the last block. */
  stem: Finish[];
  end: Finish[];
  projection: Projection;
  /** Height and width of the images. */
  size: readonly [number, number];
  channels: number;
  bands: number;
  /** Samples that run, and the batch that the program is planned for. */
  samples: readonly [number, number];
  precision: Precision;
}

/** All of it but how activations are stored. */
type UnstoredCase = Omit<KernelCase, 'precision'>;

/** Around the blocks: as in the paper's nets, and stored as usual. */
export const paperParts: Pick<
  KernelCase,
  'cardinality' | 'stem' | 'end' | 'projection' | 'precision'
> = {
  cardinality: 1,
  stem: ['bn'],
  end: ['relu'],
  projection: 'paths',
  precision: 'float32',
};

const layouts = [
  ...Object.keys(namedLayouts),
  'conv',
  'bn conv',
  'conv relu',
  'conv bn relu',
  'relu bn conv',
  'bn bn conv',
  'bn relu conv bn relu',
  'bn relu bn conv relu conv bn relu',
  'conv bn bn relu relu conv + relu',
  'conv1',
  'relu conv1 conv bn',
  'bn relu conv conv1 + relu',
  'conv bn relu conv bn conv',
  'dropout conv dropout=0.6 bn relu conv dropout',
  'bn dropout=0.5 relu conv1 dropout conv conv1 bn',
];

const dimensions = {
  layout: layouts,
  branches: [1, 2, 3, 5],
  cardinality: [1, 2, 3],
  width: [1, 2, 3, 6, 12, 16, 20],
  chain: ['identity', 'widen', 'halve', 'deep'],
  stem: [['bn'], ['bn', 'relu'], []],
  end: [['relu'], [], ['bn', 'relu']],
  projection: ['paths', 'conv-bn', 'preact-conv'],
  size: [
    [1, 1],
    [3, 5],
    [7, 9],
    [17, 16],
    [33, 6],
  ],
  channels: [1, 2, 3, 4, 5],
  bands: [1, 3],
  samples: [
    [16, 16],
    [48, 48],
    [16, 48],
    [32, 48],
  ],
} satisfies { [K in keyof UnstoredCase]: UnstoredCase[K][] };

/** Products that the slow machine is asked for in one case. */
const mostProducts = 3e6;

/** One number an image is too little: a channel nearly constant in the batch loses its digits. */
const conditioned = ({ size: [height, width], channels }: UnstoredCase): boolean =>
  height * width * channels > 1;

/** A covering choice of cases small enough for the reference machine, float32 unless it is told. */
export const kernelCases = (
  seed: number,
  count: number,
  precision: Precision = 'float32',
): KernelCase[] =>
  coveringCases<UnstoredCase>(dimensions, {
    seed,
    count,
    allowed: (one) => conditioned(one) && productsOf(one) <= mostProducts,
  }).map((one) => ({ ...one, precision }));

/** Direct convolutions of so many output channels that lanes of filter sums hold them, of the last block only half. */
export const wideCase: KernelCase = {
  ...{ ...paperParts, layout: 'preact-bn', branches: 1, width: 40, chain: 'halve' },
  ...{ size: [3, 5], channels: 3, bands: 1, samples: [32, 32] },
};

/** For example `bn, preact, 2×1 branches, widen 6 by paths, relu, 7×9×3, bands 1, 16 of 48`. */
export function kernelCaseText(one: KernelCase): string {
  const { layout, branches, cardinality, chain, width, projection, size, channels } = one;
  const body = `${layout}, ${branches}×${cardinality} branches, ${chain} ${width} by ${projection}`;
  const [stem, end] = [one.stem, one.end].map((steps) => steps.join(' ') || 'plain');
  const images = `${[...size, channels].join('×')}, bands ${one.bands}, ${one.samples.join(' of ')}`;
  const precision = one.precision === 'float32' ? '' : `, ${one.precision}`;
  return `${stem}, ${body}, ${end}, ${images}${precision}`;
}

/** Spells a case out as a program. */
export const kernelProgram = (one: KernelCase): Program =>
  planProgram(kernelGraph(one), { batch: one.samples[1], precision: one.precision });

/** Spells a case out as ops, for the images that `kernelAffine` normalises. */
export function kernelGraph(one: UnstoredCase): Graph {
  return buildGraph(netOf(one), { ...kernelAffine(one), bands: one.bands });
}

/** Mean and deviation of each channel of the images. */
export const kernelAffine = ({ channels }: UnstoredCase): { mean: number[]; std: number[] } => ({
  mean: Array.from({ length: channels }, (_, c) => 120 - 9 * c),
  std: Array.from({ length: channels }, (_, c) => 60 + c),
});

function productsOf(one: UnstoredCase): number {
  const macs = kernelGraph(one).nodes.reduce((sum, node) => sum + macsOf(node), 0);
  return macs * one.samples[0];
}

function netOf(one: UnstoredCase): Net {
  const { layout, width, chain, size, channels, projection, end } = one;
  const stem = { channels: chain === 'widen' ? 5 : width, finish: one.stem };
  const blocks = blocksOf(one, stem.channels);
  return {
    ...{ name: chain, layout: parseLayout(layout), stem, blocks, projection, end },
    input: { channels, height: size[0], width: size[1] },
    features: blocks.at(-1)!.outChannels,
  };
}

/**
 * `identity`: one block that keeps its channels; `widen`: one that projects at stride 1; `halve`:
 * one that projects at stride 2; `deep`: one that keeps, one that halves, one that keeps.
 */
function blocksOf({ chain, width, branches, cardinality }: UnstoredCase, stem: number): Block[] {
  const even = width + (width % 2);
  const inner = { branches, cardinality, innerChannels: cardinality * width };
  const keep = (name: string, channels: number): Block => ({
    ...{ name, ...inner, inChannels: channels, outChannels: channels },
    ...{ stride: 1, skip: 'identity' },
  });
  const project = (name: string, stride: number): Block => ({
    ...{ name, ...inner, inChannels: stem, outChannels: even, stride, skip: 'project' },
  });
  const chains: Record<KernelCase['chain'], () => Block[]> = {
    identity: () => [keep('a', stem)],
    widen: () => [project('a', 1)],
    halve: () => [project('a', 2)],
    deep: () => [keep('a', stem), project('b', 2), keep('c', even)],
  };
  return chains[chain]();
}
