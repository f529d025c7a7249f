import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '../runs/lock.ts';
import type { RunResult } from '../runs/result.ts';
import { storing } from '../runs/storing.ts';
import type { RunPosition, RunsEvent } from './events.ts';
import type { Laboratory } from './laboratory.ts';
import { runFolder, type StudyRun } from './study.ts';

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
