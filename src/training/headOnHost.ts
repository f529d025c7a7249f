import type { VariedFeatures } from '../features/index.ts';
import type { Head, HeadBatch, HeadMemory } from '../heads/head.ts';
import type { Execution } from '../machines/machine.ts';
import { type ParameterSpec, sizeOf } from '../nets/parameters.ts';
import type { Parameter } from '../program/operands.ts';
import type { Program } from '../program/program.ts';
import { predictedClass } from '../statistics/predictions.ts';
import { type LabelShare, patchedLoss } from './patchedLoss.ts';

/** What the last forward's features are held against. */
export type Targets = Pick<
  HeadBatch,
  'labels' | 'count' | 'partners' | 'classWeights' | 'step' | 'training'
> & {
  /** Where images are patched of several, the labels of each patch and its share, in the place of all others. */
  patches?: readonly LabelShare[];
};

/**
 * A head beside a machine: features come down to it, their gradients and its own go up. The
 * machine's update moves its parameters, which then come down too.
 */
export class HeadOnHost {
  readonly classes: number;
  /** Of the last batch, [batch][classes]. */
  readonly logits: Float32Array;
  /** Of the last batch, [batch][D]. */
  readonly features: Float32Array;
  /** The head's parameters, and where their values and gradients are here. */
  readonly parameters: (Parameter & { host: Float32Array; hostGradient: Float32Array })[];
  /** What the head keeps besides; no instruction reads it. */
  readonly state: (ParameterSpec & { host: Float32Array })[];
  private readonly head: Head;
  private readonly memory: HeadMemory;
  private readonly featureGradients: Float32Array;
  private readonly program: Program;
  private readonly execution: Execution;

  constructor(head: Head, classes: number, program: Program, execution: Execution) {
    this.head = head;
    this.classes = classes;
    this.program = program;
    this.execution = execution;
    const { batch, features } = program;
    const dimensions = features.size / batch;
    const zeros = ({ shape }: ParameterSpec) => new Float32Array(sizeOf(shape));
    this.parameters = program.head.map((parameter) => {
      return { ...parameter, host: zeros(parameter), hostGradient: zeros(parameter) };
    });
    const specs = head.state?.(dimensions, classes) ?? [];
    this.state = specs.map((spec) => ({ ...spec, host: zeros(spec) }));
    const [parameters, state] = [this.parameters, this.state].map((all) => all.map((t) => t.host));
    this.memory = { dimensions, classes, parameters, state };
    this.logits = new Float32Array(batch * classes);
    this.features = new Float32Array(features.size);
    this.featureGradients = new Float32Array(features.size);
  }

  /** Brings down the first `count` features that a pass has left, and computes their logits. */
  async computeLogits(count: number): Promise<void> {
    const { dimensions, classes } = this.memory;
    await this.downloadFeatures(count);
    const features = this.features.subarray(0, count * dimensions);
    this.head.logits(features, this.memory, this.logits.subarray(0, count * classes));
  }

  /**
   * The mean loss of the features that a pass has left, and how many samples are predicted otherwise than
   * the label that counts most for them; leaves logits. In training its gradients go up, if it is finite.
   *
   * @param vary puts other features in the place of those that came down
   */
  async loss(
    targets: Targets,
    vary?: (features: Float32Array) => VariedFeatures,
  ): Promise<{ loss: number; errors: number }> {
    await this.downloadFeatures(targets.count);
    const varied = vary?.(this.features);
    const { patches, ...labelled } = targets;
    const batch = {
      ...this.memory,
      ...labelled,
      features: varied?.features ?? this.features,
      logits: this.logits,
      featureGradients: this.featureGradients,
      gradients: this.parameters.map(({ hostGradient }) => hostGradient),
    };
    const loss = patches ? patchedLoss(this.head, batch, patches) : this.head.loss(batch);
    varied?.backward(this.featureGradients);
    if (targets.training && Number.isFinite(loss)) this.uploadGradients();
    return { loss, errors: this.errorsAgainst(mainLabels(targets), targets.count) };
  }

  private async downloadFeatures(count: number): Promise<void> {
    const used = this.features.subarray(0, count * this.memory.dimensions);
    await this.execution.read(this.program.features, used);
  }

  private uploadGradients(): void {
    this.execution.write(this.program.featureGradients, this.featureGradients);
    for (const { gradient, hostGradient } of this.parameters)
      this.execution.write(gradient, hostGradient);
  }

  async downloadParameters(): Promise<void> {
    for (const { value, host } of this.parameters) await this.execution.read(value, host);
  }

  /** The class of largest logit of sample `index` of the last batch. */
  prediction(index: number): number {
    return predictedClass(this.logits, index, this.classes);
  }

  private errorsAgainst(labels: ArrayLike<number>, count: number): number {
    let errors = 0;
    for (let i = 0; i < count; i++) if (this.prediction(i) !== labels[i]) errors++;
    return errors;
  }
}

/** The label that counts most for each sample: its own, its partner's, or that of its largest patch. */
function mainLabels({ labels, partners, patches }: Targets): ArrayLike<number> {
  if (patches) return patches.toSorted((one, other) => other.share - one.share)[0].labels;
  return partners && partners.share > 0.5 ? partners.labels : labels;
}
