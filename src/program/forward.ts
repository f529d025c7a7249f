import type { Graph, Node } from '../graph/graph.ts';
import type { BatchNormOp } from '../ops/batchNorm.ts';
import type { ConvOp } from '../ops/conv.ts';
import type { DropoutOp } from '../ops/dropout.ts';
import type { MixOp } from '../ops/mix.ts';
import { type Convolutions, winogradPays } from './algorithm.ts';
import { type Instruction, isPlain, plain, type Stored, type View } from './instructions.ts';
import { packWeights } from './pack.ts';
import type { ProgramSlots } from './programSlots.ts';
import type { Slot } from './slots.ts';

export interface ForwardOptions {
  purpose: 'training' | 'evaluation';
  convolutions: Convolutions;
}

/**
 * Lowers a graph's forward. Only convolutions, mixes and the load store their results; batch norm,
 * ReLU and subsampling become part of their consumer's view, unless several consumers or another
 * batch norm read the normalised values, which are then stored once.
 */
export function lowerForward(
  graph: Graph,
  slots: ProgramSlots,
  options: ForwardOptions,
): Instruction[] {
  return new ForwardLowering(graph, slots, options).run();
}

class ForwardLowering {
  private readonly instructions: Instruction[] = [];
  private readonly views = new Map<Node, View>();
  private readonly sums = new Map<Slot, Slot>();
  private readonly consumers = new Map<Node, Node[]>();
  private readonly graph: Graph;
  private readonly slots: ProgramSlots;
  private readonly training: boolean;
  private readonly direct: boolean;

  constructor(graph: Graph, slots: ProgramSlots, { purpose, convolutions }: ForwardOptions) {
    this.graph = graph;
    this.slots = slots;
    this.training = purpose === 'training';
    this.direct = convolutions === 'direct';
    for (const node of graph.nodes)
      for (const input of node.inputs)
        this.consumers.set(input, [...(this.consumers.get(input) ?? []), node]);
  }

  run(): Instruction[] {
    for (const node of this.graph.nodes) this.views.set(node, this.shared(node, this.lower(node)));
    return this.instructions;
  }

  private lower(node: Node): View {
    const { op } = node;
    switch (op.kind) {
      case 'load':
        return this.load(node);
      case 'conv':
        return this.conv(node, op);
      case 'batchNorm':
        return this.batchNorm(node, op);
      case 'relu':
        return { ...this.input(node), relu: true };
      case 'dropout':
        return this.training ? this.dropout(node, op) : this.input(node);
      case 'subsample':
        return { ...this.unnormed(node), subsample: op.stride };
      case 'mix':
        return this.mix(node, op);
      case 'globalPool':
        return this.pool(node);
    }
  }

  private input(node: Node, index = 0): View {
    return this.views.get(node.inputs[index])!;
  }

  private unnormed(node: Node): View {
    const view = this.input(node);
    return view.norm ? this.store(node, view) : view;
  }

  /** What several consumers would normalise again is stored once. */
  private shared(node: Node, view: View): View {
    const several = (this.consumers.get(node) ?? []).length > 1;
    return view.norm && several ? this.store(node, view) : view;
  }

  private store(node: Node, view: View): View {
    const to = this.slots.stored(`${node.part}.${node.op.kind}${node.id}`, node.shape);
    this.emitMix(node, { skip: view, branches: null, coefficients: null, to });
    return plain(to);
  }

  private load(node: Node): View {
    const to = this.slots.stored('images', node.shape);
    this.instructions.push({ opcode: 'load', to, affine: this.slots.affine });
    return plain(to);
  }

  private conv(node: Node, op: ConvOp): View {
    const { kernel, stride, groups } = op;
    const winograd = !this.direct && winogradPays(op, node.inputs[0].shape);
    const to = this.slots.stored(op.name, node.shape);
    const sums = this.sumsFor(node, to);
    const shape = { kernel, stride, groups, winograd };
    const packed = packWeights(this.slots, op.name, shape, 'forward');
    const conv = { view: this.input(node), weights: packed.to, to, sums };
    this.instructions.push(packed, { opcode: 'conv', ...conv, ...shape });
    return plain(to);
  }

  /** Where a batch norm follows, its producer sums the channels while they are in cache. */
  private sumsFor(node: Node, to: Stored): Slot | null {
    const followed = (this.consumers.get(node) ?? []).some(({ op }) => op.kind === 'batchNorm');
    if (!this.training || !followed) return null;
    const sums = this.slots.sums(to.slot.name, to.channels);
    this.sums.set(to.slot, sums);
    return sums;
  }

  private batchNorm(node: Node, { name, copies }: BatchNormOp): View {
    let view = this.input(node);
    if (!isPlain(view)) view = this.store(node.inputs[0], view);
    const { of } = view;
    const norm = this.slots.norm(name, of.channels, copies);
    const gamma = this.slots.parameterOf(`${name}.weight`).value;
    const beta = this.slots.parameterOf(`${name}.bias`).value;
    const running = this.slots.runningOf(name, of.channels);
    const affine = { norm, gamma, beta, running };
    this.instructions.push(
      this.training
        ? { opcode: 'statistics', of, sums: this.sums.get(of.slot)!, ...affine }
        : { opcode: 'normalise', ...affine },
    );
    return { of, norm, relu: false, subsample: 0 };
  }

  private dropout(node: Node, { index, rate }: DropoutOp): View {
    const to = this.slots.stored(`${node.part}.dropout${node.id}`, node.shape);
    const key = this.slots.dropoutKeys[index];
    const sums = this.sumsFor(node, to);
    this.instructions.push({ opcode: 'dropout', view: this.input(node), key, rate, to, sums });
    return plain(to);
  }

  private mix(node: Node, { block }: MixOp): View {
    const to = this.slots.stored(`${node.part}.mix`, node.shape);
    const coefficients = this.slots.coefficients[block].forward;
    this.emitMix(node, { skip: this.input(node), branches: this.input(node, 1), coefficients, to });
    return plain(to);
  }

  private emitMix(
    node: Node,
    mix: Omit<Extract<Instruction, { opcode: 'mix' }>, 'opcode' | 'sums'>,
  ): void {
    this.instructions.push({ opcode: 'mix', ...mix, sums: this.sumsFor(node, mix.to) });
  }

  private pool(node: Node): View {
    const view = this.input(node);
    this.instructions.push({ opcode: 'pool', view, to: this.slots.features });
    return view;
  }
}
