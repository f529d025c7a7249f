import { type Graph, type Node, parametersOf } from '../graph/graph.ts';
import type { Initial, ParameterSpec } from '../nets/parameters.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { MixOp } from '../ops/mix.ts';
import type { Shape } from '../ops/tensor.ts';
import type { Stored } from './operands.ts';
import {
  type Coefficients,
  type NormRecord,
  normPlaces,
  type Parameter,
  paces,
} from './operands.ts';
import type { Precision } from './precision.ts';
import type { Learning, NamedSlots } from './program.ts';
import { Slot } from './slots.ts';

/** Hands out the slots of a program and remembers those that outlive a section. */
export class ProgramSlots {
  readonly batch: number;
  private readonly precision: Precision;
  readonly affine: Slot;
  readonly features: Slot;
  readonly featureGradients: Slot;
  readonly dropoutKeys: Slot[] = [];
  readonly coefficients: NamedSlots['coefficients'] = [];
  private readonly coefficientPairs = new Map<Coefficients, Coefficients>();
  private readonly head: Parameter[];
  private readonly net = new Map<Node, Parameter[]>();
  private readonly byValue = new Map<Slot, Parameter>();
  private readonly kept = new Map<string, Slot>();
  private readonly running = new Map<string, NamedSlots['running'][number]>();

  constructor(
    graph: Graph,
    {
      batch,
      precision,
      head,
      ...learning
    }: { batch: number; precision: Precision; head: ParameterSpec[] } & Learning,
  ) {
    this.batch = batch;
    this.precision = precision;
    const { channels } = graph.output.shape;
    this.affine = this.keep('affine', 2 * graph.nodes[0].shape.channels);
    this.features = this.keep('features', batch * channels);
    this.featureGradients = this.keep('features.gradient', batch * channels);
    for (const node of graph.nodes) {
      const { op } = node;
      const parameters = parametersOf(node).map((spec) => parameterSlots(spec, learning));
      this.net.set(node, parameters);
      for (const parameter of parameters) this.byValue.set(parameter.value, parameter);
      if (op.kind === 'mix') this.addCoefficients(op);
      if (op.kind === 'dropout')
        this.dropoutKeys[op.index] = this.keep(`dropout${op.index + 1}.key`, 2, 'words');
    }
    this.head = head.map((spec) => parameterSlots(spec, learning));
  }

  private addCoefficients({ block, bands, branches }: MixOp): void {
    const of = (name: string): Coefficients => {
      const slot = this.keep(`block${block + 1}.${name}`, bands * branches * this.batch);
      return { slot, bands, branches };
    };
    const pair = { forward: of('alpha'), backward: of('beta') };
    this.coefficients[block] = pair;
    this.coefficientPairs.set(pair.forward, pair.backward);
  }

  /** A slot that outlives sections, the same one for the same name. */
  private keep(name: string, size: number, holds?: Slot['holds']): Slot {
    const found = this.kept.get(name) ?? new Slot(name, size, holds);
    this.kept.set(name, found);
    return found;
  }

  /** Parameters of a node, in its op's order. */
  parametersOf(node: Node): Parameter[] {
    return this.net.get(node)!;
  }

  /** The parameter of the net whose value lies in a slot. */
  parameterAt(value: Slot): Parameter {
    return this.byValue.get(value)!;
  }

  /** The coefficients of the way back of a mix, by those of its way forward. */
  backwardOf(forward: Coefficients): Coefficients {
    return this.coefficientPairs.get(forward)!;
  }

  /** An activation or gradient of the given shape for the whole batch. */
  stored(name: string, { channels, height, width }: Shape): Stored {
    const holds = this.precision === 'bf16' ? 'bf16' : 'floats';
    const slot = new Slot(name, this.batch * channels * height * width, holds);
    return { slot, channels, height, width };
  }

  norm(name: string, channels: number, copies: number): NormRecord {
    const { size } = normPlaces({ channels, copies });
    return { record: this.keep(`${name}.record`, size), channels, copies };
  }

  runningOf(name: string, channels: number): { runningMean: Slot; runningVariance: Slot } {
    const of = (full: string, value: number): Slot => {
      const slot = this.keep(full, channels);
      const initial: Initial = { kind: 'constant', value };
      this.running.set(full, { name: full, shape: [channels], initial, slot });
      return slot;
    };
    return {
      runningMean: of(`${name}.runningMean`, 0),
      runningVariance: of(`${name}.runningVariance`, 1),
    };
  }

  private parameters(): Parameter[] {
    return [...this.net.values(), this.head].flat();
  }

  /** The parameters as the update takes them: of each pace those that decay come first. */
  groups(): Parameter[][] {
    const alike = paces.flatMap((pace) => [true, false].map((decays) => ({ pace, decays })));
    return alike.map(({ pace, decays }) =>
      this.parameters().filter((p) => p.pace === pace && p.decays === decays),
    );
  }

  /** What outlives sections; parameters come first, each kind side by side. */
  lasting(): Slot[] {
    const all = this.groups().flat();
    const kinds = [all.map((p) => p.value), all.map((p) => p.gradient), all.map((p) => p.momentum)];
    return [...kinds.flat(), ...this.kept.values()];
  }

  named(): NamedSlots {
    const { head, affine, features, featureGradients, coefficients, dropoutKeys } = this;
    return {
      ...{ parameters: this.parameters(), head, running: [...this.running.values()] },
      ...{ coefficients, dropoutKeys, affine, features, featureGradients },
    };
  }
}

function parameterSlots(spec: ParameterSpec, { decay, paceOf }: Learning): Parameter {
  const of = (suffix: string) => new Slot(`${spec.name}${suffix}`, sizeOf(spec.shape));
  const slots = { value: of(''), gradient: of('.gradient'), momentum: of('.momentum') };
  const decays = decay === 'all' || spec.shape.length > 1;
  return { ...spec, ...slots, decays, pace: paceOf(spec.name) };
}
