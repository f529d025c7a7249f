import type { Net } from '../nets/networks.ts';
import type { ParameterSpec } from '../nets/parameters.ts';
import { ruleOf } from '../ops/table.ts';
import type { Shape } from '../ops/tensor.ts';
import { addBranches } from './branches.ts';
import { GraphBuilder, type Node } from './builder.ts';
import { projections } from './projections.ts';

export type { Node } from './builder.ts';

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
  const { channels: outChannels, finish } = net.stem;
  const stem = builder.conv('stem', 'stem.conv', images, { kernel: 3, outChannels });
  let x = builder.finish('stem', finish, stem);
  for (const [index, block] of net.blocks.entries()) {
    const { branches, activated } = addBranches(builder, net.layout, block, x);
    const project = projections[net.projection];
    const skip = block.skip === 'identity' ? x : project(builder, block, x, activated);
    const mix = { kind: 'mix', block: index, branches: block.branches, bands } as const;
    x = builder.add(block.name, mix, skip, branches);
    x = builder.finish(block.name, net.layout.after, x);
  }
  x = builder.finish('end', net.end, x);
  return { nodes: builder.nodes, output: builder.add('end', { kind: 'globalPool' }, x) };
}

const inputShapes = (node: Node): Shape[] => node.inputs.map((input) => input.shape);

/** Trainable parameters of one node. */
export const parametersOf = (node: Node): ParameterSpec[] =>
  ruleOf(node.op).parameters(node.op, inputShapes(node));

/** Multiply-accumulates of one sample's forward through a node. */
export const macsOf = (node: Node): number => ruleOf(node.op).macs(node.op, inputShapes(node));
