import type { Graph } from '../graph/graph.ts';
import { type ParameterSpec, sizeOf } from '../nets/parameters.ts';
import type { Shape } from '../ops/tensor.ts';
import type { Coefficients, NormRecord, Stored } from './instructions.ts';
import type { Decay, NamedSlots, Parameter } from './program.ts';
import { block, roundUp, Slot } from './slots.ts';

/** Hands out the slots of a program and remembers those that outlive a section. */
export class ProgramSlots {
  readonly batch: number;
  readonly parameters = new Map<string, Parameter>();
  readonly affine: Slot;
  readonly features: Slot;
  readonly featureGradients: Slot;
  readonly dropoutKeys: Slot[] = [];
  readonly coefficients: NamedSlots['coefficients'] = [];
  private readonly kept = new Map<string, Slot>();
  private readonly running: NamedSlots['running'] = [];
  private readonly decay: Decay;

  constructor(graph: Graph, batch: number, decay: Decay) {
    this.batch = batch;
    this.decay = decay;
    const { channels } = graph.output.shape;
    this.affine = this.keep('affine', 2 * graph.nodes[0].shape.channels);
    this.features = this.keep('features', batch * channels);
    this.featureGradients = this.keep('features.gradient', batch * channels);
    for (const { op } of graph.nodes) {
      if (op.kind === 'mix') this.addCoefficients(op);
      if (op.kind === 'dropout')
        this.dropoutKeys[op.index] = this.keep(`dropout${op.index + 1}.key`, 2);
    }
  }

  private addCoefficients({
    block: b,
    bands,
    branches,
  }: {
    block: number;
    bands: number;
    branches: number;
  }): void {
    const of = (name: string): Coefficients => {
      return {
        slot: this.keep(`block${b + 1}.${name}`, bands * branches * this.batch),
        bands,
        branches,
      };
    };
    this.coefficients[b] = { forward: of('alpha'), backward: of('beta') };
  }

  /** A slot that outlives sections, the same one for the same name. */
  keep(name: string, size: number): Slot {
    const found = this.kept.get(name) ?? new Slot(name, roundUp(size));
    this.kept.set(name, found);
    return found;
  }

  parameter(spec: ParameterSpec): void {
    const of = (suffix: string) => new Slot(`${spec.name}${suffix}`, roundUp(sizeOf(spec.shape)));
    const slots = { value: of(''), gradient: of('.gradient'), momentum: of('.momentum') };
    const decays = this.decay === 'all' || spec.shape.length > 1;
    this.parameters.set(spec.name, { ...spec, ...slots, decays });
  }

  parameterOf(name: string): Parameter {
    return this.parameters.get(name)!;
  }

  /** An activation or gradient of the given shape for the whole batch. */
  stored(name: string, { channels, height, width }: Shape): Stored {
    const slot = new Slot(name, this.batch * channels * height * width);
    return { slot, channels, height, width };
  }

  /** Two sums a channel and piece of work; a sample block is at most two pieces. */
  sums(name: string, channels: number): Slot {
    return new Slot(`${name}.sums`, roundUp((this.batch / block) * 2 * 2 * channels));
  }

  /** A filter's gradient a piece of work; a sample block is at most two pieces. */
  partials(name: string, size: number): Slot {
    return new Slot(`${name}.partials`, (this.batch / block) * 2 * size);
  }

  norm(name: string, channels: number, copies: number): NormRecord {
    return { record: this.keep(`${name}.record`, channels * (2 + 5 * copies)), channels, copies };
  }

  runningOf(name: string, channels: number): { mean: Slot; variance: Slot } {
    const of = (suffix: string): Slot => {
      const full = `${name}.${suffix}`;
      const known = this.kept.has(full);
      const slot = this.keep(full, channels);
      if (!known) this.running.push({ name: full, slot, channels });
      return slot;
    };
    return { mean: of('runningMean'), variance: of('runningVariance') };
  }

  /** The parameters in the arena's order: those that decay come first. */
  inOrder(): Parameter[] {
    const all = [...this.parameters.values()];
    return [...all.filter(({ decays }) => decays), ...all.filter(({ decays }) => !decays)];
  }

  /** In the arena's order: parameters first, each kind side by side. */
  persistent(): Slot[] {
    const all = this.inOrder();
    const kinds = [all.map((p) => p.value), all.map((p) => p.gradient), all.map((p) => p.momentum)];
    return [...kinds.flat(), ...this.kept.values()];
  }

  named(): NamedSlots {
    const { affine, features, featureGradients, coefficients, dropoutKeys, running } = this;
    const parameters = [...this.parameters.values()];
    return {
      ...{ parameters, running, coefficients, dropoutKeys },
      ...{ affine, features, featureGradients },
    };
  }
}
