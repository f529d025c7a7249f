import { buildGraph, type Graph, macsOf } from '../src/graph/graph.ts';
import { namedLayouts, parseLayout } from '../src/nets/layouts.ts';
import type { Block, Net } from '../src/nets/networks.ts';
import type { Convolutions } from '../src/program/algorithm.ts';
import { type Program, planProgram } from '../src/program/plan.ts';
import { coveringCases } from './coveringCases.ts';

/** A small whole net and what it is run on. */
export interface KernelCase {
  layout: string;
  branches: number;
  /** Channels of the first block; a block that projects rounds an odd number up to even. */
  width: number;
  /** The blocks: see `blocksOf`. */
  chain: 'identity' | 'widen' | 'halve' | 'deep';
  endRelu: boolean;
  /** Height and width of the images. */
  size: readonly [number, number];
  channels: number;
  bands: number;
  /** Samples that run, and the batch that the program is planned for. */
  samples: readonly [number, number];
}

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
];

const dimensions = {
  layout: layouts,
  branches: [1, 2, 3, 5],
  width: [1, 2, 3, 6, 12, 16, 20],
  chain: ['identity', 'widen', 'halve', 'deep'],
  endRelu: [true, false],
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
} satisfies { [K in keyof KernelCase]: KernelCase[K][] };

/** Products that the slow machine is asked for in one case. */
const mostProducts = 3e6;

/** One number an image is too little: a channel nearly constant in the batch loses its digits. */
const conditioned = ({ size: [height, width], channels }: KernelCase): boolean =>
  height * width * channels > 1;

/** A covering choice of cases small enough for the reference machine. */
export const kernelCases = (seed: number, count: number): KernelCase[] =>
  coveringCases<KernelCase>(dimensions, {
    seed,
    count,
    allowed: (one) => conditioned(one) && productsOf(one) <= mostProducts,
  });

/** For example `preact, 2 branches, widen 6, 7×9×3, bands 1, 16 of 48`. */
export function kernelCaseText(one: KernelCase): string {
  const { layout, branches, chain, width, endRelu, size, channels, bands, samples } = one;
  const image = [...size, channels].join('×');
  const end = endRelu ? ', relu' : '';
  return `${layout}, ${branches} branches, ${chain} ${width}${end}, ${image}, bands ${bands}, ${samples.join(' of ')}`;
}

/** Spells a case out as a program. */
export function kernelProgram(one: KernelCase, convolutions?: Convolutions): Program {
  return planProgram(kernelGraph(one), { batch: one.samples[1], convolutions });
}

/** Spells a case out as ops, for the images that `kernelAffine` normalises. */
export function kernelGraph(one: KernelCase): Graph {
  return buildGraph(netOf(one), { ...kernelAffine(one), bands: one.bands });
}

/** Mean and deviation of each channel of the images. */
export const kernelAffine = ({ channels }: KernelCase): { mean: number[]; std: number[] } => ({
  mean: Array.from({ length: channels }, (_, c) => 120 - 9 * c),
  std: Array.from({ length: channels }, (_, c) => 60 + c),
});

function productsOf(one: KernelCase): number {
  const macs = kernelGraph(one).nodes.reduce((sum, node) => sum + macsOf(node), 0);
  return macs * one.samples[0];
}

function netOf(one: KernelCase): Net {
  const { layout, width, chain, endRelu, size, channels } = one;
  const stem = chain === 'widen' ? 5 : width;
  const blocks = blocksOf(one, stem);
  return {
    ...{ name: chain, layout: parseLayout(layout), stem, blocks, endRelu },
    input: { channels, height: size[0], width: size[1] },
    features: blocks.at(-1)!.outChannels,
  };
}

/**
 * `identity`: one block that keeps its channels; `widen`: one that projects at stride 1; `halve`:
 * one that projects at stride 2; `deep`: one that keeps, one that halves, one that keeps.
 */
function blocksOf({ chain, width, branches }: KernelCase, stem: number): Block[] {
  const even = width + (width % 2);
  const keep = (name: string, channels: number): Block => ({
    ...{ name, branches, inChannels: channels, outChannels: channels },
    ...{ stride: 1, skip: 'identity' },
  });
  const project = (name: string, stride: number): Block => ({
    ...{ name, branches, inChannels: stem, outChannels: even, stride, skip: 'project' },
  });
  const chains: Record<KernelCase['chain'], () => Block[]> = {
    identity: () => [keep('a', stem)],
    widen: () => [project('a', 1)],
    halve: () => [project('a', 2)],
    deep: () => [keep('a', stem), project('b', 2), keep('c', even)],
  };
  return chains[chain]();
}
