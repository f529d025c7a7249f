import type { SplitName } from '../data/dataset.ts';
import { RequestError } from '../errors.ts';
import type { FeatureVariation } from '../features/index.ts';
import type { Kernels } from '../machines/machine.ts';
import type { MixingLaw } from '../mixing/law.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { Averages } from './averages.ts';
import type { Course } from './course.ts';
import type { EmbeddedSplit, EmbedMode } from './embed.ts';
import { EpochTotals } from './epochTotals.ts';
import type { Evaluation } from './evaluate.ts';
import { Evaluator } from './evaluator.ts';
import { NonFiniteLossError, type TrainingEvent } from './events.ts';
import type { NetExecution } from './netExecution.ts';
import { checkTensors, type NamedTensors, nonFiniteTensor, type TrainingState } from './state.ts';
import type { Trainer, TrainerOptions } from './trainer.ts';
import type { TrainingBatch } from './trainingBatch.ts';

/** The loop over epochs and steps. */
export class SgdTrainer implements Trainer {
  readonly parameterCount: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly kernels: Kernels;
  step = 0;
  private readonly course: Course;
  private readonly net: NetExecution;
  private readonly averages: Averages | null;
  private readonly evaluator: Evaluator;
  private readonly mixing: MixingLaw;
  private readonly featureVariation?: FeatureVariation;
  private readonly totals = new EpochTotals();

  constructor(
    options: TrainerOptions,
    course: Course,
    net: NetExecution,
    averages: Averages | null,
  ) {
    this.course = course;
    this.steps = course.steps;
    this.stepsPerEpoch = course.stepsPerEpoch;
    this.net = net;
    this.kernels = net.execution.kernels;
    this.parameterCount = parameterCountOf(net);
    this.averages = averages;
    this.evaluator = new Evaluator(options, course, net, averages);
    this.mixing = options.mixing;
    this.featureVariation = options.featureVariation;
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
    this.evaluator.forget();
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
    const batchAt = this.course.batchesOf(epoch);
    for (let i = this.step % this.stepsPerEpoch; i < this.stepsPerEpoch; i++) {
      if (signal?.aborted) return;
      yield await this.trainStep(epoch, () => batchAt(i));
    }
  }

  private async trainStep(epoch: number, draw: () => TrainingBatch): Promise<TrainingEvent> {
    const started = performance.now();
    const { steps, featureVariation } = this;
    const batch = draw();
    const size = this.course.stepSize(this.step);
    this.evaluator.forget();
    const { loss, errors } = await this.net.train(batch, size, featureVariation);
    if (!Number.isFinite(loss)) throw this.nonFinite('the loss');
    await this.averages?.move(this.step);
    const images = batch.labels.length;
    this.totals.add(loss, errors, images);
    this.step++;
    const imagesPerSecond = (1000 * images) / (performance.now() - started);
    const { learningRate } = size;
    const told = { loss, error: (100 * errors) / images, learningRate, imagesPerSecond };
    return { kind: 'step', step: this.step, steps, epoch: epoch + 1, ...told };
  }

  private async endEpoch(started: number, done: number): Promise<TrainingEvent> {
    const { step, totals, evaluator } = this;
    const epoch = step / this.stepsPerEpoch;
    const seconds = (performance.now() - started) / 1000;
    const judged = evaluator.isDue(epoch) ? await evaluator.judge(step) : {};
    const errors = { ...totals.means(), ...judged };
    const pace = { imagesPerSecond: (totals.images - done) / seconds, seconds };
    return { kind: 'epoch', epoch, step, ...errors, ...pace };
  }

  async evaluate(name: SplitName = 'test'): Promise<{ loss: number; error: number }> {
    const { loss, error } = await this.evaluator.evaluate(name, this.step);
    return { loss, error };
  }

  predict(name: SplitName = 'test'): Promise<Evaluation> {
    return this.evaluator.predict(name, this.step);
  }

  embed(name: SplitName, mode: EmbedMode, places?: Uint32Array): Promise<EmbeddedSplit> {
    return this.evaluator.embed(name, mode, places);
  }

  private nonFinite(what: string): NonFiniteLossError {
    return new NonFiniteLossError(what, this.step, this.net.net.layout.name, this.mixing.name);
  }

  close(): void {
    this.net.close();
  }
}

const parameterCountOf = ({ program: { parameters } }: NetExecution): number =>
  parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
