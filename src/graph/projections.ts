import type { Projection } from '../nets/architecture.ts';
import type { Block } from '../nets/networks.ts';
import type { GraphBuilder, Node } from './builder.ts';

/** A projecting skip path from a block's input, or from what its branches' activation leaves. */
type AddProjection = (builder: GraphBuilder, block: Block, input: Node, activated: Node) => Node;

/** The skip path of a block that changes channels or resolution; see `Projection`. */
export const projections: { [K in Projection]: AddProjection } = {
  paths(builder, { name, stride, outChannels }, input) {
    const rectified = builder.relu(name, input);
    const paths = builder.add(name, { kind: 'subsample', stride }, rectified);
    const conv = { kernel: 1, groups: 2, merged: 2, outChannels } as const;
    const projected = builder.conv(name, `${name}.skip.conv`, paths, conv);
    return builder.batchNorm(name, `${name}.skip.bn`, projected);
  },

  'conv-bn': (builder, block, input) =>
    builder.batchNorm(block.name, `${block.name}.skip.bn`, pointwise(builder, block, input)),

  'preact-conv': (builder, block, _, activated) => pointwise(builder, block, activated),
};

const pointwise = (builder: GraphBuilder, { name, ...block }: Block, input: Node): Node =>
  builder.conv(name, `${name}.skip.conv`, input, {
    kernel: 1,
    stride: block.stride,
    outChannels: block.outChannels,
  });
