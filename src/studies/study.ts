import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import type { RunConfig } from '../runs/fields.ts';
import type { RunResult } from '../runs/lifecycle.ts';
import { lockFolder } from '../runs/lock.ts';
import { storing } from '../runs/storing.ts';
import type { TrainingEvent } from '../training/trainer.ts';
import type { Claim } from './claims.ts';
import type { Estimate } from './estimate.ts';
import type { Laboratory } from './laboratory.ts';
import { type TrainedRun, writeResults } from './results.ts';
import type { Summary } from './summary.ts';

/** One training run of a study; `id` names its folder under `runs/`. */
export interface StudyRun {
  id: string;
  /** The model's name, the same for every seed. */
  model: string;
  /** The model's name, with the seed where there are several. */
  title: string;
  config: RunConfig;
}

/** A set of runs with the claims they are held against. */
export interface Study {
  name: string;
  title: string;
  /** What the study asks, in a sentence or two. */
  about: string;
  dataset: Dataset;
  /** The data set that `dataset` stands in for, such as `MNIST`; null where it is itself. */
  standInFor: string | null;
  runs: StudyRun[];
  claims: Claim[];
  /** The command line that repeats the study. */
  command: string;
  threads: number;
}

type RunPosition = { run: StudyRun; index: number; count: number };

/** What happens to runs while they are trained. */
export type RunsEvent =
  | { kind: 'note'; text: string }
  | ({ kind: 'run-start'; from: 'start' | 'checkpoint' | 'finished' } & RunPosition)
  | ({ kind: 'training'; event: TrainingEvent } & RunPosition)
  | ({ kind: 'run-done'; trainError: number; testError: number } & RunPosition);

/** What happens in a study; the last event of a whole study is `done`. */
export type StudyEvent =
  | RunsEvent
  | {
      kind: 'plan';
      study: string;
      title: string;
      dataset: { name: string; title: string; source: string };
      out: string;
      runs: StudyRun[];
    }
  | ({ kind: 'estimate' } & Estimate)
  | { kind: 'analysis'; task: string }
  | { kind: 'done'; summary: Summary; summaryPath: string; reportPath: string };

/**
 * Trains, measures and reports a study in the folder `out`: finished runs are kept, interrupted
 * ones resumed. After an interruption the events end without `done`.
 *
 * @throws RequestError when a run's folder holds a run of other settings, or another process is at
 *   work in `out`
 */
export async function* runStudy(
  study: Study,
  out: string,
  laboratory: Laboratory,
): AsyncGenerator<StudyEvent> {
  yield* holdFolder(out, trainAndMeasure(study, out, laboratory));
}

async function* trainAndMeasure(
  study: Study,
  out: string,
  laboratory: Laboratory,
): AsyncGenerator<StudyEvent> {
  yield planEvent(study, out);
  const trained: TrainedRun[] = [];
  const whole = yield* trainRuns(
    study.runs,
    out,
    laboratory,
    async function* (run, result): AsyncGenerator<StudyEvent> {
      yield { kind: 'analysis', task: `embedding ${run.title}` };
      const { folder } = result;
      const epochs = await laboratory.epochs(folder);
      trained.push({ run, result, epochs, observations: await laboratory.observe(folder) });
    },
  );
  if (!whole) return;
  yield { kind: 'analysis', task: 'measuring and drawing' };
  yield { kind: 'done', ...(await writeResults(study, trained, out)) };
}

/**
 * Does a study's work while no other process may work in its folder.
 *
 * @throws RequestError where another living process holds the folder
 */
export async function* holdFolder<Event, Result>(
  out: string,
  work: AsyncGenerator<Event, Result>,
): AsyncGenerator<Event, Result> {
  const unlock = lockFolder(out);
  try {
    return yield* work;
  } finally {
    unlock();
  }
}

/**
 * Trains runs one after the other into `out/runs/`.
 *
 * @param then what is done with each run once it is trained
 * @returns whether all were trained; false after an interruption
 * @throws RequestError where a run's folder holds a run of other settings
 */
export async function* trainRuns<Event = never>(
  runs: readonly StudyRun[],
  out: string,
  laboratory: Laboratory,
  then: (run: StudyRun, result: RunResult) => AsyncGenerator<Event>,
): AsyncGenerator<RunsEvent | Event, boolean> {
  await storing(out, () => mkdir(join(out, 'runs'), { recursive: true }));
  for (const [index, run] of runs.entries()) {
    const position = { run, index, count: runs.length };
    const result = yield* trainRun(position, runFolder(out, run), laboratory);
    if (!result) return false;
    yield* then(run, result);
  }
  return true;
}

/** Where a run of the study in `out` is kept. */
export function runFolder(out: string, { id }: StudyRun): string {
  return join(out, 'runs', id);
}

/** Trains one run; returns its result, or undefined where it was interrupted. */
async function* trainRun(
  position: RunPosition,
  folder: string,
  laboratory: Laboratory,
): AsyncGenerator<RunsEvent, RunResult | undefined> {
  for await (const event of laboratory.train(position.run.config, folder)) {
    if (event.kind === 'start') {
      const { step, steps } = event;
      const from = step === 0 ? 'start' : step < steps ? 'checkpoint' : 'finished';
      yield { kind: 'run-start', from, ...position };
      for (const text of event.notes) yield { kind: 'note', text };
    } else if (event.kind === 'step' || event.kind === 'epoch') {
      yield { kind: 'training', event, ...position };
    } else if (event.kind === 'done') {
      const { trainError, testError } = event;
      yield { kind: 'run-done', trainError, testError, ...position };
      return event;
    }
  }
  return undefined;
}

/** Tells what a study will do. */
export function planEvent(study: Study, out: string): StudyEvent {
  const { name, title, source } = study.dataset;
  return {
    kind: 'plan',
    study: study.name,
    title: study.title,
    dataset: { name, title, source },
    out,
    runs: study.runs,
  };
}
