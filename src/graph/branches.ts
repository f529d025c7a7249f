import type { Layout, Step } from '../nets/layouts.ts';
import type { Block } from '../nets/networks.ts';
import type { GraphBuilder, Node } from './builder.ts';

/** What a block's branches leave, side by side, and what their leading `bn` and `relu` leave. */
export interface BranchEnds {
  branches: Node;
  activated: Node;
}

/** A step at its place in a block's branches. */
interface Place {
  layout: Layout;
  block: Block;
  position: number;
  /** Whether the branches still read the same values: no `bn` or conv has parted them yet. */
  shared: boolean;
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
  const activating = layout.branch.findIndex(({ kind }) => kind !== 'bn' && kind !== 'relu');
  const parting = layout.branch.findIndex(({ kind }) => kind === 'bn' || kind === 'conv');
  let x = input;
  let activated = input;
  for (const [position, step] of layout.branch.entries()) {
    if (position === activating) activated = x;
    x = addStep(builder, step, { layout, block, position, shared: position <= parting }, x);
  }
  return { branches: x, activated };
}

function addStep(builder: GraphBuilder, step: Step, place: Place, x: Node): Node {
  const { block, position, shared } = place;
  const name = `${block.name}.branches.${position}`;
  switch (step.kind) {
    case 'relu':
      return builder.relu(block.name, x);
    case 'dropout':
      return builder.dropout(block.name, step.rate, x);
    case 'bn':
      return builder.batchNorm(block.name, name, x, shared ? block.branches : 1);
    case 'conv':
      return builder.conv(block.name, name, x, { kernel: step.kernel, ...convolutionAt(place) });
  }
}

/**
 * The first 3×3 convolution has the block's stride (in a bottleneck as in fb.resnet.torch, not the
 * 1×1 before it), the last one its width; one between two others has its cardinality.
 */
function convolutionAt({ layout, block, position, shared }: Place) {
  const all = layout.branch.flatMap((step, place) =>
    step.kind === 'conv' ? [{ ...step, place }] : [],
  );
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
