import { buildGraph, type Node } from '../graph/graph.ts';
import type { Net } from '../nets/networks.ts';
import type { ConvOp } from '../ops/conv.ts';
import type { Shape } from '../ops/tensor.ts';

/** A way to compute a convolution: so many times one of these sizes. */
export interface ConvolutionForm {
  times: number;
  channels: number;
  outChannels: number;
  groups: number;
}

/** Convolutions of a net that are alike, as a peer is told of them. */
export interface Convolution {
  count: number;
  kernel: 1 | 3;
  stride: number;
  /** Of the input. */
  height: number;
  width: number;
  /** Whether training needs the gradient of the input; the images' own is of no use. */
  inputGradient: boolean;
  /** A block's branches merged as our kernels have them; where there are several, apart too. */
  forms: ConvolutionForm[];
}

/** The convolutions of a net, alike ones as one, in the order in which they are first met. */
export function convolutionsOf(net: Net): Convolution[] {
  const { channels } = net.input;
  const graph = buildGraph(net, { mean: Array(channels).fill(0), std: Array(channels).fill(1) });
  const alike = new Map<string, Convolution>();
  for (const one of graph.nodes.flatMap(convolutionAt)) {
    const key = JSON.stringify(one);
    alike.set(key, { ...one, count: (alike.get(key)?.count ?? 0) + one.count });
  }
  return [...alike.values()];
}

function convolutionAt({ op, inputs: [input] }: Node): Convolution[] {
  if (op.kind !== 'conv') return [];
  const { kernel, stride } = op;
  const { height, width } = input.shape;
  const inputGradient = input.op.kind !== 'load';
  const forms = formsOf(op, input.shape);
  return [{ count: 1, kernel, stride, height, width, inputGradient, forms }];
}

function formsOf({ groups, merged, outChannels }: ConvOp, { channels }: Shape): ConvolutionForm[] {
  const whole = { times: 1, channels, outChannels, groups };
  if (merged === 1) return [whole];
  const each = { times: merged, outChannels: outChannels / merged };
  const sharesInput = groups === 1;
  const apart = sharesInput
    ? { ...each, channels, groups }
    : { ...each, channels: channels / merged, groups: groups / merged };
  return [whole, apart];
}
