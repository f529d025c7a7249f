import type { Layout } from '../nets/layouts.ts';
import type { Block } from '../nets/networks.ts';
import type { GraphBuilder, Node } from './builder.ts';

/** What a block's branches leave, side by side, and what their leading `bn` and `relu` leave. */
export interface BranchEnds {
  branches: Node;
  activated: Node;
}

/**
 * All branches as one tensor: each conv is grouped as soon as the branches differ. A dropout of the
 * input that they still share drops the same values for all of them.
 */
export function addBranches(
  builder: GraphBuilder,
  layout: Layout,
  block: Block,
  input: Node,
): BranchEnds {
  const part = block.name;
  const activating = layout.branch.findIndex(({ kind }) => kind !== 'bn' && kind !== 'relu');
  let x = input;
  let activated = input;
  let shared = true;
  layout.branch.forEach((step, position) => {
    if (position === activating) activated = x;
    const name = `${part}.branches.${position}`;
    if (step.kind === 'relu') x = builder.relu(part, x);
    if (step.kind === 'dropout') x = builder.dropout(part, step.rate, x);
    if (step.kind === 'bn') x = builder.batchNorm(part, name, x, shared ? block.branches : 1);
    if (step.kind === 'conv')
      x = builder.conv(part, name, x, {
        kernel: step.kernel,
        ...convolutionAt(position, layout, block, shared),
      });
    if (step.kind === 'bn' || step.kind === 'conv') shared = false;
  });
  return { branches: x, activated };
}

/**
 * The first 3×3 convolution has the block's stride (in a bottleneck as in fb.resnet.torch, not the
 * 1×1 before it), the last one its width; one between two others has its cardinality.
 */
function convolutionAt(position: number, { branch }: Layout, block: Block, shared: boolean) {
  const all = branch.flatMap((step, place) => (step.kind === 'conv' ? [{ ...step, place }] : []));
  const strided = all.find(({ kernel }) => kernel === 3) ?? all[0];
  const last = position === all.at(-1)!.place;
  const cardinality = last || position === all[0].place ? 1 : block.cardinality;
  return {
    stride: position === strided.place ? block.stride : 1,
    groups: cardinality * (shared ? 1 : block.branches),
    merged: block.branches,
    outChannels: block.branches * (last ? block.outChannels : block.innerChannels),
  };
}
