import type { Graph, Node } from '../graph/graph.ts';
import type { BatchNormOp } from '../ops/batchNorm.ts';
import type { ConvOp } from '../ops/conv.ts';
import type { DropoutOp } from '../ops/dropout.ts';
import type { MixOp } from '../ops/mix.ts';
import type { Instruction } from './instructions.ts';
import { isPlain, plain, type View } from './operands.ts';
import type { ProgramSlots } from './programSlots.ts';

/** Training takes statistics of the batch and drops values; evaluation does neither. */
export type Purpose = 'training' | 'evaluation';

/**
 * Lowers a graph's forward. Only the load, convolutions, dropouts and mixes store their results;
 * batch norm, ReLU and subsampling become part of their consumer's view, unless several consumers
 * or another batch norm read the normalised values, which are then stored once.
 */
export const lowerForward = (graph: Graph, slots: ProgramSlots, purpose: Purpose): Instruction[] =>
  new ForwardLowering(graph, slots, purpose).run();

class ForwardLowering {
  private readonly instructions: Instruction[] = [];
  private readonly views = new Map<Node, View>();
  private readonly consumers = new Map<Node, Node[]>();
  private readonly graph: Graph;
  private readonly slots: ProgramSlots;
  private readonly training: boolean;

  constructor(graph: Graph, slots: ProgramSlots, purpose: Purpose) {
    this.graph = graph;
    this.slots = slots;
    this.training = purpose === 'training';
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
    this.emit({ opcode: 'mix', skip: view, branches: null, coefficients: null, to });
    return plain(to);
  }

  private emit(instruction: Instruction): void {
    this.instructions.push(instruction);
  }

  private load(node: Node): View {
    const to = this.slots.stored('images', node.shape);
    this.emit({ opcode: 'load', to, affine: this.slots.affine });
    return plain(to);
  }

  private conv(node: Node, { name, kernel, stride, groups }: ConvOp): View {
    const to = this.slots.stored(name, node.shape);
    const [{ value: weights }] = this.slots.parametersOf(node);
    const view = this.input(node);
    this.emit({ opcode: 'conv', view, weights, to, kernel, stride, groups });
    return plain(to);
  }

  private batchNorm(node: Node, { name, copies }: BatchNormOp): View {
    let view = this.input(node);
    if (!isPlain(view)) view = this.store(node.inputs[0], view);
    const { of } = view;
    const norm = this.slots.norm(name, of.channels, copies);
    const [gamma, beta] = this.slots.parametersOf(node).map(({ value }) => value);
    const affine = { norm, gamma, beta, ...this.slots.runningOf(name, of.channels) };
    if (this.training) this.emit({ opcode: 'statistics', of, ...affine });
    else this.emit({ opcode: 'normalise', ...affine });
    return { of, norm, relu: false, subsample: 0 };
  }

  private dropout(node: Node, { index, rate }: DropoutOp): View {
    const to = this.slots.stored(`${node.part}.dropout${node.id}`, node.shape);
    const key = this.slots.dropoutKeys[index];
    this.emit({ opcode: 'dropout', view: this.input(node), key, rate, to });
    return plain(to);
  }

  private mix(node: Node, { block }: MixOp): View {
    const to = this.slots.stored(`${node.part}.mix`, node.shape);
    const coefficients = this.slots.coefficients[block].forward;
    const [skip, branches] = [this.input(node), this.input(node, 1)];
    this.emit({ opcode: 'mix', skip, branches, coefficients, to });
    return plain(to);
  }

  private pool(node: Node): View {
    const view = this.input(node);
    this.emit({ opcode: 'pool', view, to: this.slots.features });
    return view;
  }
}
