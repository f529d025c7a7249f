import { type ClassCount, countClasses, unequalNote } from '../data/classCounts.ts';
import type { Reading } from '../data/format.ts';
import { type Naming, option, RequestError } from '../errors.ts';
import type { Trainer } from '../training/trainer.ts';
import { isFinished } from './best.ts';
import { canGoOn, restoreCheckpoint, setDamagedAside } from './checkpoint.ts';
import type { RunConfig } from './fields.ts';
import { checkFolder, createRecord, readRecord } from './folder.ts';
import { type FrameInterval, keepFrames } from './frames/keep.ts';
import { clearHalt, haltBefore, watchHalt, writeHalt } from './halts.ts';
import { type Beginning, beginWithWeights, checkBeginning } from './initial/begin.ts';
import { keepKernels } from './kernels.ts';
import { type ClaimNote, claimFolder, type Lease, SupersededError } from './lease.ts';
import { type KeepingEvent, keepTraining, withRemains } from './loop.ts';
import { readEpochs } from './metrics.ts';
import { type Model, type ModelOptions, openModel } from './open.ts';
import { keepPredictions } from './predictions.ts';
import { finishedRun, type RunResult } from './result.ts';
import { checkData } from './sameData.ts';
import { StorageError } from './storing.ts';
import { summarise } from './summary.ts';

export type { RunResult } from './result.ts';

/** What to train, and where to keep it. */
export interface TrainingOptions extends ModelOptions {
  folder: string;
  config: RunConfig;
  /** Goes on with the run in the folder; where there is none, one is started. */
  resume?: boolean;
  /** Aborted, the run saves a checkpoint after the current step and ends; so it does for a halt. */
  signal?: AbortSignal;
  /** Goes on though the machine's kernels are not those of the run so far, and writes that down. */
  allowOtherKernels?: boolean;
  /** Longest time between two checkpoints, in seconds; 60 by default. */
  checkpointSeconds?: number;
  /**
   * Seconds without a sign of life after which a training of this run on another host, or in another
   * container, is taken for dead; `SHAKELAB_SILENCE`, or 60, by default.
   */
  silenceSeconds?: number;
  /** What notes call options; their own names when left out. */
  nameOf?: Naming;
  /** Keeps the embedding of a sample of the training images every so many steps, for the studio. */
  frames?: FrameInterval;
  /** Keep something else of what happens. */
  keepers?: readonly RunKeeper[];
}

/**
 * Passes on what happens to a run while it keeps something of it in its folder.
 *
 * @param check is asked before anything is written whether this process may still write; it throws if not
 */
export type RunKeeper = (
  events: AsyncGenerator<KeepingEvent>,
  folder: string,
  model: Model,
  check: () => Promise<void>,
) => AsyncGenerator<KeepingEvent>;

/** A run as it begins. */
export interface RunStart {
  kind: 'start';
  folder: string;
  config: RunConfig;
  parameters: number;
  /** Steps done already, more than 0 for a resumed run. */
  step: number;
  steps: number;
  stepsPerEpoch: number;
  /** Images that the net is judged by after its epochs. */
  judge: 'validation' | 'test';
  /** How data of one's own were read, and the samples of each class; null of published and drawn data. */
  data: { reading: Reading; classes: ClassCount[] } | null;
  resumed: boolean;
  /** Whether the training has come to its end already, be it that its patience is over. */
  finished: boolean;
  /** What the user should know, such as a damaged checkpoint that was passed over. */
  notes: string[];
}

/** What happens to a run, in order: its start, its training, and how it ended. */
export type RunEvent =
  | ClaimNote
  | RunStart
  | KeepingEvent
  | { kind: 'interrupted'; step: number }
  | RunResult;

/**
 * Trains a run and keeps it in a folder: `run.json`, `metrics.jsonl`, checkpoints. A run that was
 * killed at any moment and resumed ends with the same bits as one that was not. Aborted while it
 * waits for a silent process elsewhere that holds the folder, it ends before its start.
 *
 * @throws RequestError on a wrong config, missing or changed data, a folder that is taken, or
 *   another machine's kernels than those of the run so far
 * @throws StorageError where the system refuses to store; it says which checkpoint is left
 * @throws SupersededError where another process has taken the run over; nothing more is written
 * @throws NonFiniteLossError when the loss is no longer finite; the last good checkpoint stays
 */
export async function* runTraining(options: TrainingOptions): AsyncGenerator<RunEvent> {
  const { folder, config, resume = false } = options;
  refuseOldName(options);
  const before = await haltBefore(folder);
  await checkFolder(folder, config, resume);
  const model = await openModel(config, options);
  try {
    refuseBlindPatience(config, model);
    const begun = (await canGoOn(folder)) || (await finishedRun(folder));
    const beginning = begun ? null : await beginWithWeights(model);
    const lease = yield* claimFolder(folder, options);
    if (!lease) return;
    try {
      await keepRecord(model, options, beginning);
      await clearHalt(folder, before);
      yield* trainInFolder(model, lease, { ...options, beginning });
    } finally {
      await lease.release();
    }
  } finally {
    model.trainer.close();
  }
}

/** Writes a new run's record, or holds that of the run in the folder against what is at hand. */
async function keepRecord(
  model: Model,
  { folder, config, resume = false }: TrainingOptions,
  beginning: Beginning | null,
): Promise<void> {
  if (!(await checkFolder(folder, config, resume)))
    return createRecord(folder, model, beginning?.record);
  await checkData(folder, model.dataset);
  checkBeginning(await readRecord(folder), beginning);
}

/** @throws RequestError on what the silence of another training was called before; the config's `patience` is of epochs */
function refuseOldName({ patience }: TrainingOptions & { patience?: unknown }): void {
  if (patience === undefined) return;
  throw new RequestError(
    `patience ${patience}: seconds without a sign of life are called silenceSeconds; epochs without a better ` +
      "validation are the config's patience",
  );
}

/** @throws RequestError where a run is to stop early, and has nothing to tell by */
function refuseBlindPatience({ patience }: RunConfig, { dataset }: Model): void {
  if (patience === 0 || dataset.validation) return;
  throw new RequestError(
    `${option('patience')} ${patience}: a run stops early by validation images, and this one has none; ` +
      `add ${option('validation')} 0.1`,
  );
}

type BegunOptions = TrainingOptions & { beginning: Beginning | null };

/** Trains in a folder that is held, until it is asked to halt there; leaves word of a failure. */
async function* trainInFolder(
  model: Model,
  lease: Lease,
  options: BegunOptions,
): AsyncGenerator<RunEvent> {
  const { folder, signal } = options;
  const halt = watchHalt(folder);
  const either = AbortSignal.any([halt.signal, ...(signal ? [signal] : [])]);
  try {
    yield* trainToEnd(model, lease, { ...options, signal: either });
  } catch (thrown) {
    const error = thrown instanceof StorageError ? await withRemains(thrown, folder) : thrown;
    if (!(error instanceof SupersededError)) {
      await writeHalt(folder, 'failed', (error as Error).message).catch(() => {});
    }
    throw error;
  } finally {
    halt.stop();
  }
}

/** From the newest checkpoint on: the start, the training with all that is kept of it, and how it ended. */
async function* trainToEnd(
  model: Model,
  { check }: Lease,
  options: BegunOptions,
): AsyncGenerator<RunEvent> {
  const { config, trainer, dataset } = model;
  const { folder, signal, checkpointSeconds = 60, frames, beginning, keepers = [] } = options;
  const whole = (await canGoOn(folder)) ? undefined : await finishedRun(folder);
  if (whole) {
    // Its checkpoints need not be kept, see `pruneCheckpoints`; there is nothing to go on with.
    yield whole.result;
    return;
  }
  const judge = dataset.validation ? 'validation' : 'test';
  const { notes: restored, ...begun } = await restore(trainer, options);
  const notes = [...restored, ...(beginning?.notes ?? []), ...classNotes(model, options.nameOf)];
  const epochs = (await readEpochs(folder)).filter(({ step }) => step <= begun.step);
  const finished = isFinished(epochs, config);
  yield { kind: 'start', folder, config, judge, data: ownData(model), ...begun, finished, notes };
  const { patience } = config;
  const events = keepTraining(folder, trainer, { signal, checkpointSeconds, patience, check });
  const framed = frames ? keepFrames(events, folder, model, frames, check) : events;
  yield* keepers.reduce((all, keep) => keep(all, folder, model, check), framed);
  const interrupted = { kind: 'interrupted' as const, step: trainer.step };
  const ended = isFinished(await readEpochs(folder), config);
  if (ended && dataset.validation) await summarise(folder, trainer, config.epochs, check);
  if (ended) await keepPredictions(folder, model, check);
  yield (await finishedRun(folder))?.result ?? interrupted;
}

function ownData({ dataset }: Model): RunStart['data'] {
  const { reading } = dataset;
  return reading ? { reading, classes: countClasses(dataset) } : null;
}

/** What to know of classes of unequal sizes, where the config does nothing about them. */
function classNotes({ config, dataset }: Model, nameOf?: Naming): string[] {
  if (config.classWeights !== 'none' || config.sampling !== 'natural') return [];
  const note = unequalNote(countClasses(dataset), nameOf);
  return note ? [note] : [];
}

async function restore(trainer: Trainer, { folder, allowOtherKernels = false }: TrainingOptions) {
  const checkpoint = await restoreCheckpoint(folder, trainer);
  const kernelNotes = await keepKernels(folder, trainer, allowOtherKernels);
  if (checkpoint) await setDamagedAside(folder, checkpoint);
  const notes = [...(checkpoint?.notes ?? []), ...kernelNotes];
  const { step, steps, stepsPerEpoch, parameterCount: parameters } = trainer;
  return { parameters, step, steps, stepsPerEpoch, resumed: checkpoint !== null, notes };
}
