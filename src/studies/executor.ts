import { join } from 'node:path';
import type { Dataset, DownloadProgress } from '../data/dataset.ts';
import type { Naming } from '../errors.ts';
import { makeFolder } from '../files/folders.ts';
import { runsName } from '../files/studyNames.ts';
import type { MemoryUse } from '../program/plan.ts';
import type { RunConfig } from '../runs/fields.ts';
import { keptConfig } from '../runs/folder.ts';
import { pruneCheckpoints } from '../runs/keep.ts';
import type { Keep } from '../runs/keepChoices.ts';
import { type RunEvent, runTraining } from '../runs/lifecycle.ts';
import { openData } from '../runs/open.ts';
import { finishedRun, type RunResult } from '../runs/result.ts';
import { storing } from '../runs/storing.ts';
import { NonFiniteLossError } from '../training/trainer.ts';
import { divergedRun, markDiverged } from './divergence.ts';
import { hasEmbeddings, keepEmbeddings } from './embeddings.ts';
import type { RunPosition, RunsEvent } from './events.ts';
import { isRecorded } from './evidence/recorded.ts';
import { type Demands, runFolder, type StudyRun } from './study.ts';
import { runTrial, type Trial } from './trial.ts';

/** A place where a study's runs are trained: this process, or another. */
export interface Executor {
  /**
   * Trains runs of the study in `out`, or goes on with those that are there, and embeds their images
   * where the study wants it. Tells `run-done` of each, or `run-failed` where it goes on without one; an
   * interruption ends it before all are done.
   *
   * @throws RequestError where a run's folder holds a run of other settings
   */
  train(runs: readonly StudyRun[], out: string): AsyncGenerator<RunsEvent>;
  /** Measures how fast a run would go, and keeps nothing; not every place can. */
  trial?(config: RunConfig): Promise<Trial>;
}

/** What is done to single runs; the tests of studies have one that trains nothing. */
export interface RunTrainer {
  /** Trains a run in a folder, or goes on with the one that is there. */
  train(config: RunConfig, folder: string): AsyncGenerator<RunEvent>;
  /** Embeds the images of the trained run in a folder, and keeps the embeddings there. */
  embed(folder: string): Promise<void>;
  /** Removes what need not be kept of the trained run in a folder. */
  tidy?(folder: string): Promise<void>;
  trial(config: RunConfig): Promise<Trial>;
}

/** Trains one run after the other. */
export function trainInTurn(trainer: RunTrainer, demands: Demands): Executor {
  return {
    async *train(runs, out) {
      await storing(out, () => makeFolder(join(out, runsName)));
      for (const [index, run] of runs.entries()) {
        const position = { run, index, count: runs.length };
        const trained = yield* trainOne(position, runFolder(out, run), trainer, demands);
        if (!trained) return;
      }
    },
    trial: (config) => trainer.trial(config),
  };
}

/** Trains and embeds one run; returns whether it was trained to its end. */
async function* trainOne(
  position: RunPosition,
  folder: string,
  trainer: RunTrainer,
  { embeds, enduresDivergence }: Demands,
): AsyncGenerator<RunsEvent, boolean> {
  const { config, title } = position.run;
  if (isRecorded(folder)) {
    const result = await recordedRun(folder);
    yield finishedStart(result, position);
    yield { kind: 'run-done', ...errorsOf(result), ...position };
    return true;
  }
  const events = trainer.train(config, folder);
  let begun = false;
  for await (const event of enduresDivergence ? enduring(events, folder) : events) {
    begun ||= event.kind === 'start';
    yield* progressOf(event, position);
    if (event.kind !== 'done') continue;
    if (!begun) yield finishedStart(event, position);
    if (embeds) {
      yield { kind: 'analysis', task: `embedding ${title}` };
      await trainer.embed(folder);
    }
    await trainer.tidy?.(folder);
    yield { kind: 'run-done', ...errorsOf(event), ...position };
    return true;
  }
  return false;
}

/** What the training of a run tells until it is done, as a study tells it. */
function* progressOf(event: RunEvent, position: RunPosition): Generator<RunsEvent> {
  if (event.kind === 'note') yield event;
  if (event.kind === 'step' || event.kind === 'epoch')
    yield { kind: 'training', event, ...position };
  if (event.kind !== 'start') return;
  const { step, steps, judge } = event;
  const from = step === 0 ? 'start' : step < steps ? 'checkpoint' : 'finished';
  yield { kind: 'run-start', from, judge, ...position };
  for (const text of event.notes) yield { kind: 'note', text };
}

/** The start of a run that was trained before. */
const finishedStart = ({ validationError }: RunResult, position: RunPosition): RunsEvent => {
  const judge = validationError === undefined ? 'test' : 'validation';
  return { kind: 'run-start', from: 'finished', judge, ...position };
};

const errorsOf = ({ trainError, validationError, testError }: RunResult) => ({
  trainError,
  ...(validationError !== undefined && { validationError }),
  testError,
});

/** The result of a run that was trained elsewhere, of which its folder holds what was recorded. */
async function recordedRun(folder: string): Promise<RunResult> {
  return ((await divergedRun(folder)) ?? (await finishedRun(folder))!).result;
}

/** The events of a run of which a loss that is no longer finite is a result. */
async function* enduring(
  events: AsyncGenerator<RunEvent>,
  folder: string,
): AsyncGenerator<RunEvent> {
  const before = await divergedRun(folder);
  if (before) {
    yield before.result;
    return;
  }
  try {
    yield* events;
  } catch (error) {
    if (!(error instanceof NonFiniteLossError)) throw error;
    await markDiverged(folder, error);
    yield (await divergedRun(folder))!.result;
  }
}

/** Where this process trains, and how. */
export interface HereOptions {
  /** The data, if they are open already; else each run opens its own. */
  dataset?: Dataset;
  /** Folder to look for data in first. */
  dataFolder?: string;
  /** What options are called in the notes of runs. */
  nameOf?: Naming;
  /** Told how far a download of data is. */
  onDownload?: (progress: DownloadProgress) => void;
  threads?: number;
  memory?: MemoryUse;
  allowOtherKernels?: boolean;
  /** Which checkpoints of trained runs are kept; all unless given. */
  keep?: Keep;
  /** Aborting it saves a checkpoint and ends the training. */
  signal?: AbortSignal;
}

/** Trains one run after the other in this process. */
export function trainHere(demands: Demands, options: HereOptions): Executor {
  const { dataset, dataFolder, onDownload, threads, memory, allowOtherKernels, nameOf, signal } =
    options;
  const { keep = 'all' } = options;
  const model = { dataset, dataFolder, onDownload, threads, memory };
  const trainer: RunTrainer = {
    async *train(config, folder) {
      const resume = (await keptConfig(folder)) !== undefined;
      const how = { ...model, allowOtherKernels, nameOf, signal };
      yield* runTraining({ folder, config, resume, ...how, frames: 'sparing' });
    },
    async embed(folder) {
      if (!(await hasEmbeddings(folder))) await keepEmbeddings(folder, model);
    },
    tidy: (folder) => pruneCheckpoints(folder, keep),
    trial: async (config) =>
      runTrial(config, dataset ?? (await openData(config, model)), { threads, memory }),
  };
  return trainInTurn(trainer, demands);
}
