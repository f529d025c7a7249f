import type { OnnxAttribute, OnnxNode, OnnxTensor } from './proto.ts';

/** Gathers nodes and constants; each name is given once. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  private readonly names = new Set<string>();

  /** Adds a constant of 32-bit floats, and gives its name. */
  floats(name: string, dims: number[], values: ArrayLike<number>): string {
    return this.constant(name, dims, Float32Array.from(values));
  }

  /** Adds a constant of 64-bit integers in a row, and gives its name. */
  integers(name: string, values: number[]): string {
    return this.constant(name, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** Adds an operation with one output, and gives its name, which is the node's. */
  add(
    type: string,
    name: string,
    inputs: string[],
    attributes: Record<string, OnnxAttribute> = {},
  ): string {
    const output = this.own(name);
    this.nodes.push({ type, name: output, inputs, outputs: [output], attributes });
    return output;
  }

  /** Adds a split of the channels into parts of `size`, and gives their names. */
  split(name: string, input: string, parts: string[], size: number): string[] {
    const outputs = parts.map((part) => this.own(part));
    const sizes = this.integers(`${name}.sizes`, Array(parts.length).fill(size));
    this.nodes.push({
      type: 'Split',
      name: this.own(name),
      inputs: [input, sizes],
      outputs,
      attributes: { axis: 1 },
    });
    return outputs;
  }

  private constant(name: string, dims: number[], data: OnnxTensor['data']): string {
    const own = this.own(name);
    this.initializers.push({ name: own, dims, data });
    return own;
  }

  /** The name, or with the first number that makes it one of its own. */
  private own(name: string): string {
    let own = name;
    for (let number = 2; this.names.has(own); number++) own = `${name}_${number}`;
    this.names.add(own);
    return own;
  }
}
