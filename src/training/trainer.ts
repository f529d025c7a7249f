import type { Dataset, Split } from '../data/dataset.ts';
import { epochOrder } from '../data/sampleOrder.ts';
import { RequestError } from '../errors.ts';
import type { Head } from '../heads/head.ts';
import type { Machine } from '../machines/machine.ts';
import { nativeMachine } from '../machines/native.ts';
import type { MixingLaw } from '../mixing/law.ts';
import type { Net } from '../nets/networks.ts';
import { sizeOf } from '../nets/parameters.ts';
import { statisticsMomentum } from '../ops/batchNorm.ts';
import type { Convolutions } from '../program/algorithm.ts';
import { block } from '../program/slots.ts';
import { Averages } from './averages.ts';
import { type BatchRange, cut, trainingBatches } from './batches.ts';
import { type EmbeddedSplit, type EmbedMode, embed } from './embed.ts';
import { drawInitial } from './initial.ts';
import { Model, type Targets } from './model.ts';
import { checkRegularisers, mainLabels, type Regularisers, varyImages } from './regularisers.ts';
import { cosine } from './schedule.ts';
import {
  copyTensors,
  type NamedTensors,
  nonFiniteTensor,
  restoreTensors,
  type TrainingState,
} from './state.ts';

export type { NamedTensors, TrainingState } from './state.ts';

/** How to train: SGD with Nesterov momentum on a cosine schedule. */
export interface Recipe {
  epochs: number;
  /** A multiple of 16. */
  batch: number;
  learningRate: number;
  momentum: number;
  weightDecay: number;
  seed: number;
}

/** What the loop tells while it trains; errors in percent. */
export type TrainingEvent =
  | {
      kind: 'step';
      /** Steps done. */
      step: number;
      steps: number;
      /** From 1. */
      epoch: number;
      loss: number;
      error: number;
      learningRate: number;
      imagesPerSecond: number;
    }
  | {
      kind: 'epoch';
      epoch: number;
      step: number;
      trainLoss: number;
      trainError: number;
      testLoss: number;
      testError: number;
      imagesPerSecond: number;
      seconds: number;
    };

/** The loss or a parameter is no longer a finite number. */
export class NonFiniteLossError extends Error {
  override readonly name = 'NonFiniteLossError';

  constructor(what: string, step: number, layout: string, law: string) {
    super(
      `${what} is not finite at step ${step} with layout '${layout}' and mixing '${law}'; ` +
        'lower --lr, weaken the mixing (strength=0.5), or put a bn before the mix',
    );
  }
}

export interface TrainerOptions extends Regularisers {
  net: Net;
  dataset: Dataset;
  mixing: MixingLaw;
  head: Head;
  recipe: Recipe;
  threads?: number;
  machine?: Machine;
  /** How convolutions are computed; each in its fastest way by default. */
  convolutions?: Convolutions;
}

/** Trains one net; knows neither terminals nor folders. */
export interface Trainer {
  readonly parameterCount: number;
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** @throws NonFiniteLossError if a parameter is not finite: such a state is not worth keeping */
  state(): TrainingState;
  /** @throws RequestError on a tensor that does not fit; nothing is changed then */
  restore(state: TrainingState): void;
  /** From `step` to the end; returns after the current step once aborted. */
  train(signal?: AbortSignal): AsyncGenerator<TrainingEvent>;
  /** Mean loss and error in percent, in evaluation mode. */
  evaluate(split?: 'train' | 'test'): Promise<{ loss: number; error: number }>;
  /**
   * Features of a split, or of the images at some of its places, in their order; nothing is
   * updated in train mode. May be called between two events of `train`, whose bits it leaves alone.
   */
  embed(split: 'train' | 'test', mode: EmbedMode, places?: Uint32Array): Promise<EmbeddedSplit>;
  close(): void;
}

/**
 * Builds the net on the machine with its parameters drawn from the recipe's seed.
 * @throws RequestError on a batch size that is not a multiple of 16 or too few images
 */
export async function openTrainer(options: TrainerOptions): Promise<Trainer> {
  const { batch } = options.recipe;
  if (!Number.isInteger(batch) || batch < block || batch % block !== 0) {
    const lower = Math.max(block, Math.floor(batch / block) * block || block);
    throw new RequestError(
      `--batch ${batch}: the batch size must be a multiple of 16; try ${lower} or ${lower + block}`,
    );
  }
  return new SgdTrainer(options);
}

class SgdTrainer implements Trainer {
  readonly parameterCount: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  step = 0;
  private readonly model: Model;
  private readonly dataset: Dataset;
  private readonly recipe: Recipe;
  private readonly regularisers: Regularisers;
  private readonly averages: Averages | null;
  private readonly batches: BatchRange[];
  /** Summed loss, errors and images of the current epoch. */
  private readonly totals = new Float32Array(3);

  constructor({ machine = nativeMachine, ...options }: TrainerOptions) {
    const { dataset, recipe } = options;
    this.dataset = dataset;
    this.recipe = recipe;
    this.regularisers = { ...options, augment: options.augment ?? dataset.augmentation };
    checkRegularisers(options, options.head, dataset);
    this.batches = trainingBatches(dataset.train.count, recipe.batch);
    this.stepsPerEpoch = this.batches.length;
    this.steps = recipe.epochs * this.stepsPerEpoch;
    this.model = new Model({ ...options, batch: recipe.batch, machine });
    const { headState, program } = this.model;
    const { parameters, running } = program;
    this.parameterCount = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const tensors = this.model.tensors();
    for (const { name, initial } of [...parameters, ...headState])
      drawInitial(recipe.seed, name, initial, tensors.get(name)!.data);
    for (const { name } of running)
      if (name.endsWith('runningVariance')) tensors.get(name)!.data.fill(1);
    const { averageDecay = 0 } = options;
    this.averages = averageDecay > 0 ? new Averages(tensors, averageDecay) : null;
  }

  private live(): NamedTensors {
    const totals = { shape: [3], data: this.totals };
    const averages = this.averages?.tensors() ?? [];
    return new Map([...this.model.tensors(), ...averages, ['epoch.totals', totals]]);
  }

  state(): TrainingState {
    const tensors = copyTensors(this.live());
    const broken = nonFiniteTensor(tensors);
    if (broken) throw this.nonFinite(broken);
    return { step: this.step, tensors };
  }

  restore({ step, tensors }: TrainingState): void {
    if (!Number.isInteger(step) || step < 0 || step > this.steps) {
      throw new RequestError(`step ${step} is not one of this run's ${this.steps}`);
    }
    restoreTensors(this.live(), tensors);
    this.step = step;
  }

  async *train(signal?: AbortSignal): AsyncGenerator<TrainingEvent> {
    while ((this.step < this.steps || this.epochIsFull()) && !signal?.aborted) {
      const started = performance.now();
      const done = this.totals[2];
      if (!this.epochIsFull()) yield* this.trainEpoch(signal);
      if (!this.epochIsFull()) return;
      const event = await this.endEpoch(started, done);
      this.totals.fill(0);
      yield event;
    }
  }

  /** Whether an epoch's last step is done and its event still to come. */
  private epochIsFull(): boolean {
    return this.totals[2] > 0 && this.step % this.stepsPerEpoch === 0;
  }

  /** The steps that remain of the current epoch. */
  private async *trainEpoch(signal?: AbortSignal): AsyncGenerator<TrainingEvent> {
    const { seed } = this.recipe;
    const epoch = Math.floor(this.step / this.stepsPerEpoch);
    const order = epochOrder(seed, epoch, this.dataset.train.count);
    for (let i = this.step % this.stepsPerEpoch; i < this.stepsPerEpoch; i++) {
      if (signal?.aborted) return;
      const { first, count } = this.batches[i];
      yield await this.trainStep(epoch, order.subarray(first, first + count));
    }
  }

  private async trainStep(epoch: number, indices: Uint32Array): Promise<TrainingEvent> {
    const started = performance.now();
    const { learningRate: base, momentum, weightDecay, seed } = this.recipe;
    const { model, steps } = this;
    const learningRate = cosine(base, this.step, steps);
    const labels = Array.from(indices, (index) => this.dataset.train.labels[index]);
    model.execution.setImages(this.dataset.train.images);
    model.execution.setHyper({ learningRate, momentum, weightDecay, statisticsMomentum });
    model.select(indices);
    const partners = varyImages(
      model,
      { seed, epoch, step: this.step, indices, labels },
      this.regularisers,
    );
    model.draw(seed, this.step, indices.length);
    await model.forward(indices.length);
    const loss = this.trainingLoss(labels, partners);
    if (!Number.isFinite(loss)) throw this.nonFinite('the loss');
    await model.learn(indices.length);
    this.averages?.move(this.step);
    const errors = model.errorsAgainst(mainLabels(labels, partners), indices.length);
    this.count(loss, errors, indices.length);
    this.step++;
    const imagesPerSecond = (1000 * indices.length) / (performance.now() - started);
    const error = (100 * errors) / indices.length;
    const { step } = this;
    return {
      kind: 'step',
      step,
      steps,
      epoch: epoch + 1,
      loss,
      error,
      learningRate,
      imagesPerSecond,
    };
  }

  private trainingLoss(labels: number[], partners: Targets['partners']): number {
    const { model, step } = this;
    const { seed } = this.recipe;
    const { features, net } = model;
    const count = labels.length;
    const batch = { features, labels, count, dimensions: net.features, seed, step };
    const varied = this.regularisers.featureVariation?.vary(batch);
    return model.loss({ labels, count, partners, step, training: true }, varied);
  }

  private count(loss: number, errors: number, images: number): void {
    this.totals[0] += loss * images;
    this.totals[1] += errors;
    this.totals[2] += images;
  }

  private async endEpoch(started: number, done: number): Promise<TrainingEvent> {
    const seconds = (performance.now() - started) / 1000;
    const [loss, errors, images] = this.totals;
    const test = await this.evaluate('test');
    return {
      kind: 'epoch',
      epoch: this.step / this.stepsPerEpoch,
      step: this.step,
      trainLoss: loss / images,
      trainError: (100 * errors) / images,
      testLoss: test.loss,
      testError: test.error,
      imagesPerSecond: (images - done) / seconds,
      seconds,
    };
  }

  evaluate(name: 'train' | 'test' = 'test'): Promise<{ loss: number; error: number }> {
    return this.averaged(() => this.measure(name));
  }

  private async measure(name: 'train' | 'test'): Promise<{ loss: number; error: number }> {
    const split = this.dataset[name];
    let loss = 0;
    let errors = 0;
    for await (const { first, count } of this.evaluated(split)) {
      const labels = split.labels.subarray(first, first + count);
      const { step } = this;
      loss += this.model.loss({ labels, count, step, training: false }) * count;
      errors += this.model.errorsAgainst(labels, count);
    }
    return { loss: loss / split.count, error: (100 * errors) / split.count };
  }

  /** Runs on averaged weights where these are kept. */
  private async averaged<Result>(run: () => Promise<Result>): Promise<Result> {
    this.averages?.swap();
    try {
      return await run();
    } finally {
      this.averages?.swap();
    }
  }

  private async *evaluated(split: Split): AsyncGenerator<BatchRange> {
    this.model.execution.setImages(split.images);
    for (const range of cut(split.count, this.recipe.batch)) {
      this.model.select(Array.from({ length: range.count }, (_, i) => range.first + i));
      await this.model.evaluate(range.count);
      yield range;
    }
  }

  embed(split: 'train' | 'test', mode: EmbedMode, places?: Uint32Array): Promise<EmbeddedSplit> {
    return this.averaged(() => embed(this.model, this.dataset[split], mode, this.recipe, places));
  }

  private nonFinite(what: string): NonFiniteLossError {
    const { net, mixing } = this.model;
    return new NonFiniteLossError(what, this.step, net.layout.name, mixing.name);
  }

  close(): void {
    this.model.close();
  }
}
