import { augmentationSize } from '../data/augmentation.ts';
import type { Dataset } from '../data/dataset.ts';
import type { FeatureVariation } from '../features/index.ts';
import { buildGraph, type Graph, parametersOf } from '../graph/graph.ts';
import type { Head } from '../heads/head.ts';
import type { Execution, Machine } from '../machines/machine.ts';
import type { MixingLaw } from '../mixing/law.ts';
import type { Net } from '../nets/networks.ts';
import { epsilon, statisticsMomentum } from '../ops/batchNorm.ts';
import { type MemoryUse, planProgram } from '../program/plan.ts';
import type { Precision } from '../program/precision.ts';
import type { Decay, Program } from '../program/program.ts';
import { roundUp } from '../program/slots.ts';
import { Draws, type Pass } from './draws.ts';
import { HeadOnHost } from './headOnHost.ts';
import { type LastingTensor, tensorsOf } from './tensors.ts';
import type { TrainingBatch, Variation } from './trainingBatch.ts';
import { pacesOf, type Tuning } from './tuning.ts';

export interface NetExecutionOptions extends Tuning {
  net: Net;
  dataset: Pick<Dataset, 'mean' | 'std' | 'classNames'>;
  mixing: MixingLaw;
  head: Head;
  batch: number;
  decay?: Decay;
  machine: Machine;
  threads?: number;
  precision?: Precision;
  memory?: MemoryUse;
}

/** How a step moves the parameters; those of a slow pace by the body's share of the rate. */
export type StepSize = Record<'learningRate' | 'momentum' | 'weightDecay', number>;

/** A net with its law and head on a machine: runs batches, knows nothing of epochs. */
export class NetExecution {
  readonly net: Net;
  readonly program: Program;
  readonly execution: Execution;
  readonly head: HeadOnHost;
  /** All that outlives a step, in the order of checkpoints. */
  readonly tensors: LastingTensor[];
  private readonly draws: Draws;
  private readonly bodyRate: number;
  private images: Uint8Array | null = null;

  constructor(options: NetExecutionOptions) {
    const { net, dataset, mixing, head, batch, decay, machine, threads } = options;
    const { precision, memory } = options;
    const { graph, parameters, paceOf } = trainableGraph(options);
    this.net = net;
    const how = { decay, paceOf, precision, memory };
    this.program = planProgram(graph, { batch, head: parameters, ...how });
    this.bodyRate = options.bodyRate ?? 1;
    this.execution = machine.open(this.program, { threads });
    this.execution.setHyper({ epsilon });
    this.execution.write(this.program.affine, affineOf(dataset));
    this.head = new HeadOnHost(head, dataset.classNames.length, this.program, this.execution);
    this.tensors = tensorsOf(this.program, this.head);
    this.draws = new Draws(this.program, mixing, this.execution);
  }

  /**
   * One training step. Where the loss is not finite nothing is updated.
   * @returns the batch's mean loss, and how many of its samples were predicted wrongly
   */
  async train(
    batch: TrainingBatch,
    size: StepSize,
    variation?: FeatureVariation,
  ): Promise<{ loss: number; errors: number }> {
    const { indices, labels, seed, step } = batch;
    const count = labels.length;
    const slowRate = size.learningRate * this.bodyRate;
    this.execution.setHyper({ ...size, slowRate, statisticsMomentum });
    this.choose(batch.images, indices, batch);
    await this.forward(batch, count);
    const { features: dimensions } = this.net;
    const vary =
      variation &&
      ((features: Float32Array) =>
        variation.vary({ features, labels, count, dimensions, seed, step }));
    const told = await this.head.loss(targetsOf(batch), vary);
    if (!Number.isFinite(told.loss)) return told;
    await this.backward(count);
    await this.update();
    return told;
  }

  /**
   * Moves what is measured while the net learns, running statistics and the head's state, and learns nothing.
   *
   * @param weight of the batch in the running statistics; 1 forgets what they were
   */
  async observe(batch: TrainingBatch, weight: number): Promise<void> {
    this.execution.setHyper({ statisticsMomentum: weight });
    this.choose(batch.images, batch.indices, batch);
    await this.forward(batch, batch.labels.length);
    if (this.head.state.length > 0) await this.head.loss(targetsOf(batch));
  }

  /** Says which of a split's images the next pass loads: as they are, or varied. */
  choose(images: Uint8Array, indices: ArrayLike<number>, variation?: Variation): void {
    const { batch } = this.program;
    const [chosen, varied] = [new Int32Array(batch), new Int32Array(batch * augmentationSize)];
    chosen.set(indices);
    if (variation) varied.set(variation.augmentations);
    if (this.images !== images) this.execution.setImages(images);
    this.images = images;
    this.execution.choose(chosen, varied);
    this.execution.setHyper({ partnerShare: variation?.partnerShare ?? 0 });
  }

  /** Training forward with drawn coefficients and masks; leaves features. */
  async forward(pass: Pass, samples: number): Promise<void> {
    this.draws.training(pass, samples);
    await this.execution.run('forward', samples);
  }

  /** From the gradients that the last loss left to those of all parameters. */
  async backward(samples: number): Promise<void> {
    await this.execution.run('backward', samples);
  }

  /** Moves all parameters against their gradients. */
  async update(): Promise<void> {
    await this.execution.run('update', this.program.batch);
    await this.head.downloadParameters();
  }

  /** Evaluation forward of `count` images; leaves features. */
  async evaluate(count: number): Promise<void> {
    const samples = roundUp(count);
    this.draws.evaluation(samples);
    await this.execution.run('evaluate', samples);
  }

  /** Copies a tensor's values into `into`. */
  async read({ slot, host }: LastingTensor, into: Float32Array): Promise<void> {
    if (host) into.set(host);
    else if (slot) await this.execution.read(slot, into);
  }

  write({ slot, host }: LastingTensor, values: Float32Array): void {
    host?.set(values);
    if (slot) this.execution.write(slot, values);
  }

  close(): void {
    this.execution.close();
  }
}

/** What a training batch is held against. */
const targetsOf = ({ labels, partners, patches, classWeights, step }: TrainingBatch) => ({
  ...{ labels, partners, patches, classWeights, step },
  ...{ count: labels.length, training: true },
});

/** Scale and shift a channel, so that byte · scale + shift is normalised. */
const affineOf = ({ mean, std }: { mean: number[]; std: number[] }): Float32Array =>
  Float32Array.of(
    ...std.map((deviation) => 1 / deviation),
    ...mean.map((value, c) => -value / std[c]),
  );

/**
 * A net's graph, the parameters of its head, and how fast each parameter learns.
 *
 * @throws RequestError where the law cannot mix the net's blocks, or what is to be frozen is not there
 */
export function trainableGraph({
  net,
  dataset,
  mixing,
  head,
  ...tuning
}: Pick<NetExecutionOptions, 'net' | 'dataset' | 'mixing' | 'head'> & Tuning) {
  const graph = buildGraph(net, { ...dataset, bands: mixing.bands });
  checkMixing(mixing, graph);
  const parameters = head.parameters(net.features, dataset.classNames.length);
  const names = [...graph.nodes.flatMap(parametersOf), ...parameters].map(({ name }) => name);
  return { graph, parameters, paceOf: pacesOf(tuning, names) };
}

/** @throws RequestError where the law cannot mix one of the net's blocks */
function checkMixing(mixing: MixingLaw, { nodes }: Graph): void {
  for (const { op, shape } of nodes)
    if (op.kind === 'mix') mixing.check?.({ branches: op.branches, height: shape.height });
}
