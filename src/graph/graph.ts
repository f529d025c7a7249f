import type { Block, Net } from '../nets/networks.ts';
import type { ParameterSpec } from '../nets/parameters.ts';
import { type Op, ruleOf } from '../ops/table.ts';
import type { Shape } from '../ops/tensor.ts';

/** An op in its place: what it reads, what comes out. */
export interface Node {
  id: number;
  op: Op;
  inputs: Node[];
  shape: Shape;
  /** The block or end of the net it belongs to. */
  part: string;
}

/** A net as ops in the order in which they run; the last one yields the features. */
export interface Graph {
  nodes: Node[];
  output: Node;
}

export interface GraphOptions {
  /** Per channel, in units of 0…255. */
  mean: number[];
  std: number[];
  /** Bands of rows of the mixing law; 1 by default. */
  bands?: number;
}

/** Spells a net out as ops. */
export function buildGraph(net: Net, { mean, std, bands = 1 }: GraphOptions): Graph {
  const builder = new GraphBuilder();
  const images = builder.add('stem', { kind: 'load', ...net.input, mean, std });
  const stem = builder.conv('stem', 'stem.conv', images, { kernel: 3, outChannels: net.stem });
  let x = builder.batchNorm('stem', 'stem.bn', stem);
  net.blocks.forEach((block, index) => {
    const branches = addBranches(builder, net, block, x);
    const skip = block.skip === 'identity' ? x : addProjection(builder, block, x);
    const mix: Op = { kind: 'mix', block: index, branches: block.branches, bands };
    x = builder.add(block.name, mix, skip, branches);
    for (const kind of net.layout.after) x = builder.add(block.name, { kind }, x);
  });
  if (net.endRelu) x = builder.add('end', { kind: 'relu' }, x);
  return { nodes: builder.nodes, output: builder.add('end', { kind: 'globalPool' }, x) };
}

/** All branches as one tensor: each conv is grouped as soon as the branches differ. */
function addBranches(builder: GraphBuilder, net: Net, block: Block, input: Node): Node {
  let x = input;
  let shared = true;
  let stride = block.stride;
  net.layout.branch.forEach((token, position) => {
    const name = `${block.name}.branches.${position}`;
    if (token === 'relu') {
      x = builder.add(block.name, { kind: 'relu' }, x);
      return;
    }
    const times = shared ? block.branches : 1;
    if (token === 'bn') {
      x = builder.batchNorm(block.name, name, x, times);
    } else {
      const groups = shared ? 1 : block.branches;
      const merged = block.branches;
      const outChannels = merged * block.outChannels;
      x = builder.conv(block.name, name, x, { kernel: 3, stride, groups, merged, outChannels });
      stride = 1;
    }
    shared = false;
  });
  return x;
}

/** ReLU, two shifted subsampled paths, a 1×1 convolution of each, batch norm (Gastaldi 2017). */
function addProjection(builder: GraphBuilder, block: Block, input: Node): Node {
  const rectified = builder.add(block.name, { kind: 'relu' }, input);
  const paths = builder.add(block.name, { kind: 'subsample', stride: block.stride }, rectified);
  const conv = { kernel: 1, groups: 2, merged: 2, outChannels: block.outChannels } as const;
  const projected = builder.conv(block.name, `${block.name}.skip.conv`, paths, conv);
  return builder.batchNorm(block.name, `${block.name}.skip.bn`, projected);
}

interface ConvOptions {
  kernel: 1 | 3;
  stride?: number;
  groups?: number;
  merged?: number;
  outChannels: number;
}

class GraphBuilder {
  readonly nodes: Node[] = [];

  add(part: string, op: Op, ...inputs: Node[]): Node {
    const shape = ruleOf(op).shape(
      op,
      inputs.map((input) => input.shape),
    );
    const node = { id: this.nodes.length, op, inputs, shape, part };
    this.nodes.push(node);
    return node;
  }

  conv(part: string, name: string, x: Node, options: ConvOptions): Node {
    return this.add(part, { kind: 'conv', name, stride: 1, groups: 1, merged: 1, ...options }, x);
  }

  batchNorm(part: string, name: string, x: Node, copies = 1): Node {
    return this.add(part, { kind: 'batchNorm', name, copies }, x);
  }
}

const inputShapes = (node: Node): Shape[] => node.inputs.map((input) => input.shape);

/** Trainable parameters of one node. */
export const parametersOf = (node: Node): ParameterSpec[] =>
  ruleOf(node.op).parameters(node.op, inputShapes(node));

/** Multiply-accumulates of one sample's forward through a node. */
export const macsOf = (node: Node): number => ruleOf(node.op).macs(node.op, inputShapes(node));
