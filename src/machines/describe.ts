import { buildGraph, type Graph, macsOf, parametersOf } from '../graph/graph.ts';
import type { Net } from '../nets/networks.ts';
import { type ParameterSpec, sizeOf } from '../nets/parameters.ts';
import { type NetParts, partsOf } from '../nets/parts.ts';
import { type MemoryUse, planProgram } from '../program/plan.ts';
import type { Precision } from '../program/precision.ts';
import { listProgram } from './native/listing.ts';
import { lowerNative } from './native/lower.ts';

/** One row of a net's description: its stem, a residual block, or a batch norm at its end. */
export interface BlockDescription {
  name: string;
  branches: number;
  /** Channels that come in and go out. */
  in: number;
  out: number;
  /** Of a block: channels between its convolutions, and groups of the middle one of three. */
  inner?: number;
  cardinality?: number;
  stride: number;
  parameters: number;
  /** Multiply-accumulates of one image's forward. */
  macs: number;
}

/** A net in numbers; `parameters` and `macs`, multiply-adds forward an image, are the sums over its blocks, without a head. */
export interface NetDescription {
  parts: NetParts;
  blocks: BlockDescription[];
  parameters: number;
  macs: number;
  /** The native machine's memory for training and evaluation at the batch asked for. */
  arenaBytes: number;
  /** The native machine's program for reading. */
  listing(): string;
}

export interface DescribeOptions {
  /** A multiple of 16. */
  batch: number;
  /** Bands of the mixing law; 1 by default. */
  bands?: number;
  /** Parameters of a head; they only take their room in the arena. */
  head?: ParameterSpec[];
  /** What activations are stored in; float32 when left out. */
  precision?: Precision;
  /** How a training uses memory; as usual when left out. */
  memory?: MemoryUse;
}

/** Plans a net's program and counts, without any data. */
export function describeNet(
  net: Net,
  { batch, bands, head, precision, memory }: DescribeOptions,
): NetDescription {
  const neutral = {
    mean: Array(net.input.channels).fill(0),
    std: Array(net.input.channels).fill(1),
  };
  const graph = buildGraph(net, { ...neutral, bands });
  const program = lowerNative(planProgram(graph, { batch, head, precision, memory }));
  const blocks = describeBlocks(net, graph);
  return {
    parts: partsOf(net),
    blocks,
    parameters: blocks.reduce((sum, { parameters }) => sum + parameters, 0),
    macs: blocks.reduce((sum, { macs }) => sum + macs, 0),
    arenaBytes: Float32Array.BYTES_PER_ELEMENT * program.arenaFloats,
    listing: () => listProgram(program),
  };
}

function describeBlocks(net: Net, graph: Graph): BlockDescription[] {
  const plain = { branches: 1, stride: 1 };
  const stem = { name: 'stem', ...plain, in: net.input.channels, out: net.stem.channels };
  const end = { name: 'end', ...plain, in: net.features, out: net.features };
  const blocks = net.blocks.map(
    ({ inChannels, innerChannels, outChannels, skip: _, ...block }) => ({
      ...{ ...block, in: inChannels, inner: innerChannels, out: outChannels },
    }),
  );
  const costs = costsOf(graph);
  return [stem, ...blocks, ...(net.end.includes('bn') ? [end] : [])].map((row) => ({
    ...row,
    ...costs.get(row.name)!,
  }));
}

/** What the nodes of each part of a net cost together. */
function costsOf({ nodes }: Graph): Map<string, { parameters: number; macs: number }> {
  const costs = new Map<string, { parameters: number; macs: number }>();
  for (const node of nodes) {
    const { parameters, macs } = costs.get(node.part) ?? { parameters: 0, macs: 0 };
    const own = parametersOf(node).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    costs.set(node.part, { parameters: parameters + own, macs: macs + macsOf(node) });
  }
  return costs;
}
