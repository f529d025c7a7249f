import type { Finish } from '../nets/architecture.ts';
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

interface ConvOptions {
  kernel: 1 | 3;
  stride?: number;
  groups?: number;
  merged?: number;
  outChannels: number;
}

/** Adds ops one after the other, each with the shape that its rule gives. */
export class GraphBuilder {
  readonly nodes: Node[] = [];
  private dropouts = 0;

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

  relu(part: string, x: Node): Node {
    return this.add(part, { kind: 'relu' }, x);
  }

  dropout(part: string, rate: number, x: Node): Node {
    return this.add(part, { kind: 'dropout', index: this.dropouts++, rate }, x);
  }

  /** What follows a stem's convolution, an addition or the last block. */
  finish(part: string, steps: Finish[], x: Node): Node {
    return steps.reduce(
      (at, step) => (step === 'bn' ? this.batchNorm(part, `${part}.bn`, at) : this.relu(part, at)),
      x,
    );
  }
}
