import type { Dataset, SplitName } from '../data/dataset.ts';
import { classWeights, countClasses } from '../data/sampling/classWeights.ts';
import { parseSampling, type Sampling } from '../data/sampling/sampling.ts';
import { parseAugmentation } from '../data/transforms/parse.ts';
import { splitNamed } from '../data/validation.ts';
import { RequestError } from '../errors.ts';
import type { Kernels } from '../machines/machine.ts';
import type { MixingLaw } from '../mixing/law.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { Averages } from './averages.ts';
import type { BatchRange } from './batches.ts';
import { type EmbeddedSplit, type EmbedMode, embed } from './embed.ts';
import { epochBatches, type StepSamples } from './epochBatches.ts';
import { EpochTotals } from './epochTotals.ts';
import { type Evaluation, evaluate, type TestMirror } from './evaluate.ts';
import { type EvaluateEvery, epochsBetween, isEvaluated } from './evaluations.ts';
import { NonFiniteLossError, type TrainingEvent } from './events.ts';
import type { NetExecution } from './netExecution.ts';
import type { Regularisers } from './regularisers.ts';
import { cosine, type Schedule } from './schedule.ts';
import { checkTensors, type NamedTensors, nonFiniteTensor, type TrainingState } from './state.ts';
import type { Recipe, Trainer, TrainerOptions } from './trainer.ts';
import { type BatchVariation, drawBatch, type TrainingBatch } from './trainingBatch.ts';

/** The loop over epochs and steps. */
export class SgdTrainer implements Trainer {
  readonly parameterCount: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly kernels: Kernels;
  step = 0;
  private readonly dataset: Dataset;
  private readonly recipe: Recipe;
  private readonly variation: BatchVariation & Pick<Regularisers, 'featureVariation'>;
  private readonly mixing: MixingLaw;
  private readonly sampling: Sampling;
  private readonly schedule: Schedule;
  private readonly batches: BatchRange[];
  private readonly net: NetExecution;
  private readonly averages: Averages | null;
  private readonly mirror: TestMirror;
  private readonly totals = new EpochTotals();
  /** Of the parameters as they are. */
  private readonly evaluated = new Map<SplitName, Evaluation>();
  /** What the curves are of. */
  private readonly judge: 'validation' | 'test';
  private readonly evaluateEvery: EvaluateEvery;

  constructor(
    {
      dataset,
      recipe,
      mixing,
      evaluateEvery = 1,
      testMirror = 'none',
      averaging,
      schedule = averaging?.schedule(cosine) ?? cosine,
      ...regularisers
    }: TrainerOptions,
    batches: BatchRange[],
    net: NetExecution,
    averages: Averages | null,
  ) {
    const { augment = dataset.augmentation } = regularisers;
    this.dataset = dataset;
    this.judge = dataset.validation ? 'validation' : 'test';
    this.evaluateEvery = evaluateEvery;
    this.recipe = recipe;
    this.mixing = mixing;
    this.schedule = schedule;
    const { classWeighting: weighting, sampling = 'natural' } = regularisers;
    this.sampling = parseSampling(sampling);
    const weights = weighting && classWeights(sizesOf(dataset), weighting);
    this.variation = {
      ...regularisers,
      augment: parseAugmentation(augment),
      classWeights: weights,
    };
    this.batches = batches;
    this.stepsPerEpoch = batches.length;
    this.steps = recipe.epochs * batches.length;
    this.net = net;
    this.kernels = net.execution.kernels;
    this.averages = averages;
    this.mirror = testMirror;
    const { parameters } = net.program;
    this.parameterCount = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  }

  async state(): Promise<TrainingState> {
    const tensors: NamedTensors = new Map();
    for (const tensor of this.net.tensors) {
      const data = new Float32Array(sizeOf(tensor.shape));
      await this.net.read(tensor, data);
      tensors.set(tensor.name, { shape: tensor.shape, data });
    }
    for (const [name, { shape, data }] of this.onHost())
      tensors.set(name, { shape, data: data.slice() });
    const broken = nonFiniteTensor(tensors);
    if (broken) throw this.nonFinite(broken);
    return { step: this.step, tensors };
  }

  restore({ step, tensors }: TrainingState): void {
    if (!Number.isInteger(step) || step < 0 || step > this.steps) {
      throw new RequestError(`step ${step} is not one of this run's ${this.steps}`);
    }
    const onHost = [...this.onHost()].map(([name, tensor]) => ({ name, ...tensor }));
    checkTensors([...this.net.tensors, ...onHost], tensors);
    for (const tensor of this.net.tensors) this.net.write(tensor, tensors.get(tensor.name)!.data);
    for (const { name, data } of onHost) data.set(tensors.get(name)!.data);
    this.step = step;
    this.evaluated.clear();
  }

  /** What the machine knows nothing of. */
  private onHost(): NamedTensors {
    const totals = { shape: [3], data: this.totals.data };
    return new Map([...(this.averages?.tensors() ?? []), ['epoch.totals', totals]]);
  }

  async *train(signal?: AbortSignal): AsyncGenerator<TrainingEvent> {
    while ((this.step < this.steps || this.epochIsFull()) && !signal?.aborted) {
      const started = performance.now();
      const done = this.totals.images;
      if (!this.epochIsFull()) yield* this.trainEpoch(signal);
      if (!this.epochIsFull()) return;
      const event = await this.endEpoch(started, done);
      this.totals.clear();
      yield event;
    }
  }

  /** Whether an epoch's last step is done and its event still to come. */
  private epochIsFull(): boolean {
    return this.totals.images > 0 && this.step % this.stepsPerEpoch === 0;
  }

  /** The steps that remain of the current epoch. */
  private async *trainEpoch(signal?: AbortSignal): AsyncGenerator<TrainingEvent> {
    const epoch = Math.floor(this.step / this.stepsPerEpoch);
    const samplesOf = this.samplesOf(epoch);
    for (let i = this.step % this.stepsPerEpoch; i < this.stepsPerEpoch; i++) {
      if (signal?.aborted) return;
      yield await this.trainStep(epoch, samplesOf(i));
    }
  }

  private samplesOf(epoch: number): (index: number) => StepSamples {
    const { dataset, batches, sampling, recipe } = this;
    return epochBatches(dataset, batches, sampling, { seed: recipe.seed, epoch });
  }

  private batchOf(epoch: number, step: number, { indices, visits }: StepSamples): TrainingBatch {
    const { dataset, recipe, steps, variation } = this;
    return drawBatch(
      dataset,
      indices,
      { seed: recipe.seed, epoch, step, steps, visits },
      variation,
    );
  }

  private async trainStep(epoch: number, samples: StepSamples): Promise<TrainingEvent> {
    const started = performance.now();
    const { variation, steps } = this;
    const { momentum, weightDecay, learningRate: base } = this.recipe;
    const batch = this.batchOf(epoch, this.step, samples);
    const learningRate = this.schedule(base, this.step, steps);
    const size = { learningRate, momentum, weightDecay };
    this.evaluated.clear();
    const { loss, errors } = await this.net.train(batch, size, variation.featureVariation);
    if (!Number.isFinite(loss)) throw this.nonFinite('the loss');
    await this.averages?.move(this.step);
    const images = samples.indices.length;
    this.totals.add(loss, errors, images);
    this.step++;
    const imagesPerSecond = (1000 * images) / (performance.now() - started);
    const told = { loss, error: (100 * errors) / images, learningRate, imagesPerSecond };
    return { kind: 'step', step: this.step, steps, epoch: epoch + 1, ...told };
  }

  private async endEpoch(started: number, done: number): Promise<TrainingEvent> {
    const { step, totals } = this;
    const epoch = step / this.stepsPerEpoch;
    const seconds = (performance.now() - started) / 1000;
    const due = this.isDue(epoch);
    if (due) await this.completeAverages();
    const errors = { ...totals.means(), ...(due && (await this.judged())) };
    const pace = { imagesPerSecond: (totals.images - done) / seconds, seconds };
    return { kind: 'epoch', epoch, step, ...errors, ...pace };
  }

  /** Whether an epoch, counted from 1, ends with an evaluation. */
  private isDue(epoch: number): boolean {
    const { dataset, judge, mirror, recipe, evaluateEvery } = this;
    const [trained, judged] = [dataset.train.count, splitNamed(dataset, judge).count];
    const views = mirror === 'none' ? 1 : 2;
    const measured = this.averages?.measuresAnew(epoch * this.stepsPerEpoch) ? trained : 0;
    const between = epochsBetween(evaluateEvery, trained, views * judged + measured);
    return isEvaluated(epoch, recipe.epochs, between);
  }

  /** What was evaluated before it is not of the averages. */
  private async completeAverages(): Promise<void> {
    await this.averages?.complete({ step: this.step, observe: () => this.observe() });
    this.evaluated.clear();
  }

  private async judged() {
    const { loss, error } = await this.evaluate(this.judge);
    return this.judge === 'validation'
      ? { validationLoss: loss, validationError: error }
      : { testLoss: loss, testError: error };
  }

  async evaluate(name: SplitName = 'test'): Promise<{ loss: number; error: number }> {
    const { loss, error } = await this.passThrough(name);
    return { loss, error };
  }

  async predict(name: SplitName = 'test'): Promise<Evaluation> {
    return this.evaluated.get(name) ?? this.passThrough(name);
  }

  private async passThrough(name: SplitName): Promise<Evaluation> {
    const split = splitNamed(this.dataset, name);
    const [{ batch }, { net, step }] = [this.recipe, this];
    const { mirror } = this;
    const found = await this.averaged(() => evaluate(net, split, { batch, step, mirror }));
    this.evaluated.set(name, found);
    return found;
  }

  async embed(name: SplitName, mode: EmbedMode, places?: Uint32Array): Promise<EmbeddedSplit> {
    const split = splitNamed(this.dataset, name);
    return this.averaged(() => embed(this.net, split, mode, this.recipe, places));
  }

  /** Shows the net one more epoch, as the training would, of which it learns nothing but its statistics. */
  private async observe(): Promise<void> {
    const { epochs } = this.recipe;
    const samplesOf = this.samplesOf(epochs);
    for (const index of this.batches.keys()) {
      const batch = this.batchOf(epochs, this.steps + index, samplesOf(index));
      await this.net.observe(batch, 1 / (index + 1));
    }
  }

  /** Runs on averaged weights where these are kept, and complete. */
  private averaged<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.averages ? this.averages.during(run) : run();
  }

  private nonFinite(what: string): NonFiniteLossError {
    return new NonFiniteLossError(what, this.step, this.net.net.layout.name, this.mixing.name);
  }

  close(): void {
    this.net.close();
  }
}

/** Training samples of every class. */
const sizesOf = ({ train, classNames }: Dataset): number[] =>
  countClasses(train.labels, classNames.length);
