import type { Dataset, SplitName } from '../data/dataset.ts';
import { mirrors } from '../data/transforms/parse.ts';
import { option, RequestError } from '../errors.ts';
import type { Head } from '../heads/head.ts';
import type { Kernels, Machine } from '../machines/machine.ts';
import { nativeMachine } from '../machines/native/native.ts';
import type { MixingLaw } from '../mixing/law.ts';
import type { Net } from '../nets/networks.ts';
import type { MemoryUse } from '../program/plan.ts';
import type { Precision } from '../program/precision.ts';
import { block } from '../program/slots.ts';
import type { Averages } from './averages.ts';
import { Course } from './course.ts';
import type { EmbeddedSplit, EmbedMode } from './embed.ts';
import type { Evaluation, TestMirror } from './evaluate.ts';
import type { EvaluateEvery } from './evaluations.ts';
import type { TrainingEvent } from './events.ts';
import { MovingAverages } from './movingAverages.ts';
import { NetExecution, trainableGraph } from './netExecution.ts';
import { checkRegularisers, type Regularisers } from './regularisers.ts';
import type { Schedule } from './schedule.ts';
import { SgdTrainer } from './sgdTrainer.ts';
import type { TrainingState } from './state.ts';
import { StochasticAverages } from './stochasticAverages.ts';
import { writeInitial } from './tensors.ts';
import type { Tuning } from './tuning.ts';

export type { Evaluation } from './evaluate.ts';
export { NonFiniteLossError, type TrainingEvent } from './events.ts';
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

/** What is trained on what, and how. */
export interface TrainerOptions extends Regularisers, Tuning {
  net: Net;
  dataset: Dataset;
  mixing: MixingLaw;
  head: Head;
  recipe: Recipe;
  /** Epochs between two evaluations: 1 when left out. The weights do not depend on it. */
  evaluateEvery?: EvaluateEvery;
  /** Whether images are evaluated together with their mirror images; not when left out. */
  testMirror?: TestMirror;
  /** The learning rate of each step; along a cosine when left out, as weights are averaged. */
  schedule?: Schedule;
  threads?: number;
  /** What activations and their gradients are stored in; float32 when left out. */
  precision?: Precision;
  /** What is kept of a step's forward; the bits do not depend on it. */
  memory?: MemoryUse;
  /** What computes; the native machine when left out. */
  machine?: Machine;
}

/** Trains one net; knows neither terminals nor folders. */
export interface Trainer {
  readonly parameterCount: number;
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** What decides the bits of its sums. */
  readonly kernels: Kernels;
  /**
   * A copy of all that the training has reached; not to be asked for while a step is under way.
   * @throws NonFiniteLossError if a parameter is not finite: such a state is not worth keeping
   */
  state(): Promise<TrainingState>;
  /** @throws RequestError on a tensor that does not fit; nothing is changed then */
  restore(state: TrainingState): void;
  /** From `step` to the end; returns after the current step once aborted. */
  train(signal?: AbortSignal): AsyncGenerator<TrainingEvent>;
  /**
   * Mean loss and error in percent, in evaluation mode; of the test images when left out.
   * @throws RequestError where the data set has no such split
   */
  evaluate(split?: SplitName): Promise<{ loss: number; error: number }>;
  /**
   * What the evaluation of a split says of each of its samples; without another pass where nothing was
   * trained since the last one.
   */
  predict(split?: SplitName): Promise<Evaluation>;
  /**
   * Features of a split, or of the images at some of its places, in their order; nothing is
   * updated in train mode. May be called between two events of `train`, whose bits it leaves alone.
   * @throws RequestError where the data set has no such split
   */
  embed(split: SplitName, mode: EmbedMode, places?: Uint32Array): Promise<EmbeddedSplit>;
  /** Frees the machine's memory; the trainer is of no use afterwards. */
  close(): void;
}

/**
 * Builds the net on the machine with its parameters drawn from the recipe's seed.
 * @throws RequestError on a batch size that is not a multiple of 16 or too few images
 */
export async function openTrainer(options: TrainerOptions): Promise<Trainer> {
  const { recipe, machine = nativeMachine } = options;
  checkSettings(options);
  const course = new Course(options);
  const net = new NetExecution({ ...options, batch: recipe.batch, machine });
  writeInitial(net, recipe.seed);
  const averages = await averagesOf(options, net, course.steps);
  return new SgdTrainer(options, course, net, averages);
}

/**
 * Refuses what `openTrainer` does, but for data that are too few; opens and plans nothing.
 * @throws RequestError where settings fit neither each other nor the net and the data
 */
export function checkTrainer(options: TrainerOptions): void {
  checkSettings(options);
  trainableGraph(options);
}

function checkSettings(options: TrainerOptions): void {
  checkBatch(options.recipe.batch);
  checkRegularisers(options, options.head, options.dataset);
  checkMirror(options);
}

/** The averages that are evaluated in the place of the weights; null for none. */
async function averagesOf(
  { averageDecay = 0, averaging }: Regularisers,
  net: NetExecution,
  steps: number,
): Promise<Averages | null> {
  if (averageDecay > 0) return MovingAverages.of(net, averageDecay);
  const isIdle = averaging === undefined || averaging.models(steps, steps) === 0;
  return isIdle ? null : new StochasticAverages(net, averaging, steps);
}

/** @throws RequestError where images are judged by a mirror that training has never shown */
function checkMirror({ testMirror = 'none', dataset, augment }: TrainerOptions): void {
  if (testMirror === 'none' || mirrors(augment ?? dataset.augmentation)) return;
  const rule = 'training shows no image mirrored, so a mirror image tells nothing of its class';
  throw new RequestError(
    `${option('testMirror')} ${testMirror}: ${rule}; add flip to ${option('augment')} if images may be mirrored, or leave it out`,
  );
}

function checkBatch(batch: number): void {
  if (Number.isInteger(batch) && batch >= block && batch % block === 0) return;
  const lower = Math.max(block, Math.floor(batch / block) * block || block);
  throw new RequestError(
    `${option('batch')} ${batch}: the batch size must be a multiple of 16; try ${lower} or ${lower + block}`,
  );
}
