import { augmentationSize, drawAugmentations, partnerPlace } from '../data/augmentation.ts';
import { drawCutouts } from '../data/cutout.ts';
import type { Dataset } from '../data/dataset.ts';
import { drawMixup } from '../data/mixup.ts';
import type { VariedFeatures } from '../features/index.ts';
import { buildGraph, type Graph } from '../graph/graph.ts';
import type { Head, HeadBatch, HeadMemory } from '../heads/head.ts';
import type { Execution, Machine } from '../machines/machine.ts';
import type { MixingLaw } from '../mixing/law.ts';
import type { Net } from '../nets/networks.ts';
import { type ParameterSpec, sizeOf } from '../nets/parameters.ts';
import { epsilon } from '../ops/batchNorm.ts';
import type { Convolutions } from '../program/algorithm.ts';
import { planProgram } from '../program/plan.ts';
import type { Decay, Parameter, Program } from '../program/program.ts';
import { block, type Slot, wordsOf } from '../program/slots.ts';
import { randomWords } from '../random/index.ts';
import type { NamedTensors } from './state.ts';

export interface ModelOptions {
  net: Net;
  dataset: Pick<Dataset, 'mean' | 'std' | 'classNames'>;
  mixing: MixingLaw;
  head: Head;
  batch: number;
  decay?: Decay;
  machine: Machine;
  threads?: number;
  /** How convolutions are computed; each in its fastest way by default. */
  convolutions?: Convolutions;
}

/** What the last forward's features are held against. */
export type Targets = Pick<HeadBatch, 'labels' | 'count' | 'partners' | 'step' | 'training'>;

/** A net with its law and head on a machine: runs batches, knows nothing of epochs. */
export class Model {
  readonly program: Program;
  readonly execution: Execution;
  readonly net: Net;
  readonly mixing: MixingLaw;
  readonly head: Head;
  readonly classes: number;
  /** Of the last batch, [batch][classes]. */
  readonly logits: Float32Array;
  /** Of the last batch, [batch][D]. */
  readonly features: Float32Array;
  /** What the head keeps besides its parameters; no instruction reads it. */
  readonly headState: ParameterSpec[];
  private readonly headMemory: HeadMemory;
  private readonly headGradients: Float32Array[];
  private readonly featureGradients: Float32Array;
  private readonly coefficients: { forward: Float32Array; backward: Float32Array }[];

  constructor(options: ModelOptions) {
    const { net, dataset, mixing, head, batch, decay, machine, threads, convolutions } = options;
    this.net = net;
    this.mixing = mixing;
    this.head = head;
    this.classes = dataset.classNames.length;
    const specs = head.parameters(net.features, this.classes);
    const graph = buildGraph(net, { ...dataset, bands: mixing.bands });
    checkMixing(mixing, graph);
    this.program = planProgram(graph, { batch, head: specs, decay, convolutions });
    this.execution = machine.open(this.program, { threads });
    this.execution.setHyper({ epsilon });
    const owned = specs.map(({ name }) => this.program.parameters.find((p) => p.name === name)!);
    this.headState = head.state?.(net.features, this.classes) ?? [];
    this.headMemory = {
      dimensions: net.features,
      classes: this.classes,
      parameters: owned.map((parameter) => this.of(parameter, parameter.value)),
      state: this.headState.map(({ shape }) => new Float32Array(sizeOf(shape))),
    };
    this.headGradients = owned.map((parameter) => this.of(parameter, parameter.gradient));
    this.logits = new Float32Array(batch * this.classes);
    this.features = this.execution.values(this.program.features);
    this.featureGradients = this.execution.values(this.program.featureGradients);
    this.coefficients = this.program.coefficients.map(({ forward, backward }) => ({
      forward: this.execution.values(forward.slot),
      backward: this.execution.values(backward.slot),
    }));
    this.setAffine(dataset.mean, dataset.std);
  }

  private setAffine(mean: number[], std: number[]): void {
    const scale = std.map((deviation) => 1 / deviation);
    const shift = mean.map((value, c) => -value / std[c]);
    this.execution.values(this.program.affine).set([...scale, ...shift]);
  }

  private of({ shape }: Parameter, slot: Slot): Float32Array {
    return this.execution.values(slot).subarray(0, sizeOf(shape));
  }

  /** Live views of parameters, momenta, running statistics and the head's state, by name. */
  tensors(): NamedTensors {
    const { parameters, running } = this.program;
    const tensors: NamedTensors = new Map();
    for (const p of parameters) tensors.set(p.name, { shape: p.shape, data: this.of(p, p.value) });
    for (const p of parameters)
      tensors.set(`momentum.${p.name}`, { shape: p.shape, data: this.of(p, p.momentum) });
    for (const { name, slot, channels } of running) {
      const data = this.execution.values(slot).subarray(0, channels);
      tensors.set(name, { shape: [channels], data });
    }
    this.headState.forEach(({ name, shape }, index) => {
      tensors.set(name, { shape, data: this.headMemory.state[index] });
    });
    return tensors;
  }

  /** Draws all that is random below the head in a training pass of `samples` images. */
  draw(seed: number, step: number, samples: number): void {
    this.drawCoefficients(seed, step, samples);
    this.program.dropoutKeys.forEach((key, index) => {
      const word = randomWords(seed, `dropout/${index}`, step);
      wordsOf(this.execution.values(key)).set([word(0), word(1)]);
    });
  }

  private drawCoefficients(seed: number, step: number, samples: number): void {
    const blocks = this.coefficients.length;
    this.coefficients.forEach(({ forward, backward }, index) => {
      const { branches } = this.net.blocks[index];
      const pass = { seed, step, block: index, blocks, branches, samples };
      const size = this.mixing.bands * branches * samples;
      this.mixing.draw(pass, forward.subarray(0, size), backward.subarray(0, size));
    });
  }

  private expectCoefficients(samples: number): void {
    const blocks = this.coefficients.length;
    this.coefficients.forEach(({ forward }, index) => {
      const { branches } = this.net.blocks[index];
      const size = this.mixing.bands * branches * samples;
      this.mixing.evaluation(
        { block: index, blocks, branches, samples },
        forward.subarray(0, size),
      );
    });
  }

  /** Images that the next pass loads as they are, as places in the split set by `setImages`. */
  select(indices: ArrayLike<number>): void {
    this.execution.indices.fill(0).set(indices);
    this.execution.augmentations.fill(0);
    this.execution.setHyper({ partnerShare: 0 });
  }

  /** Draws how the next pass varies the images selected. */
  drawAugmentations(seed: number, epoch: number, indices: ArrayLike<number>): void {
    drawAugmentations({ seed, epoch }, indices, this.execution.augmentations);
  }

  /** Draws what the next pass cuts out of the images selected. */
  drawCutouts(
    draw: { seed: number; epoch: number; side: number },
    indices: ArrayLike<number>,
  ): void {
    drawCutouts(draw, this.net.input, indices, this.execution.augmentations);
  }

  /**
   * Draws how the next pass mixes the first `samples` images selected with each other.
   * @returns the partners' share and places in the batch
   */
  drawMixup(draw: { seed: number; step: number; alpha: number }, samples: number) {
    const { augmentations } = this.execution;
    const share = drawMixup(draw, samples, augmentations);
    this.execution.setHyper({ partnerShare: share });
    const place = (sample: number) => augmentations[sample * augmentationSize + partnerPlace];
    return { share, places: Array.from({ length: samples }, (_, sample) => place(sample)) };
  }

  /** Training forward with the coefficients drawn; leaves features, not logits. */
  async forward(samples: number): Promise<void> {
    await this.execution.run('forward', samples);
  }

  /** Evaluation forward of `count` images; leaves features and logits. */
  async evaluate(count: number): Promise<void> {
    const samples = Math.ceil(count / block) * block;
    this.expectCoefficients(samples);
    await this.execution.run('evaluate', samples);
    this.computeLogits(count);
  }

  /** Logits of the first `count` features. */
  computeLogits(count: number): void {
    const features = this.features.subarray(0, count * this.net.features);
    this.head.logits(features, this.headMemory, this.logits.subarray(0, count * this.classes));
  }

  /**
   * Mean loss of the last forward; leaves logits and the gradients that `learn` starts from.
   * @param varied stands in for the features where they are varied
   */
  loss(targets: Targets, varied?: VariedFeatures): number {
    const loss = this.head.loss({
      ...this.headMemory,
      ...targets,
      features: varied?.features ?? this.features,
      logits: this.logits,
      featureGradients: this.featureGradients,
      gradients: this.headGradients,
    });
    varied?.backward(this.featureGradients);
    return loss;
  }

  /** Backward and update from the last loss. */
  async learn(samples: number): Promise<void> {
    await this.execution.run('backward', samples);
    await this.execution.run('update', samples);
  }

  /** The class of largest logit of sample `index` of the last batch. */
  prediction(index: number): number {
    let best = index * this.classes;
    for (let k = best; k < (index + 1) * this.classes; k++)
      if (this.logits[k] > this.logits[best]) best = k;
    return best - index * this.classes;
  }

  /** How many of the first `count` samples of the last batch are predicted wrongly. */
  errorsAgainst(labels: ArrayLike<number>, count: number): number {
    let errors = 0;
    for (let i = 0; i < count; i++) if (this.prediction(i) !== labels[i]) errors++;
    return errors;
  }

  close(): void {
    this.execution.close();
  }
}

/** @throws RequestError where the law cannot mix one of the net's blocks */
function checkMixing(mixing: MixingLaw, { nodes }: Graph): void {
  for (const { op, shape } of nodes)
    if (op.kind === 'mix') mixing.check?.({ branches: op.branches, height: shape.height });
}
