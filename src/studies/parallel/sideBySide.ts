import { join } from 'node:path';
import { ExplainedError, worded } from '../../errors.ts';
import { makeFolder } from '../../files/folders.ts';
import { runsName } from '../../files/studyNames.ts';
import { storing } from '../../runs/storing.ts';
import type { RunPosition, RunsEvent } from '../events.ts';
import type { Executor, HereOptions } from '../executor.ts';
import type { Demands, StudyRun } from '../study.ts';
import { merged } from './merge.ts';
import { Shares } from './shares.ts';
import { type RunTask, type TaskOptions, taskOptions } from './task.ts';
import { openTrainingProcess, type TrainingProcess } from './trainingProcess.ts';

/** How runs are trained side by side. */
export interface SideBySideOptions extends TaskOptions, Pick<HereOptions, 'nameOf' | 'signal'> {
  /** Runs at once. */
  places: number;
  /** Of all of them together. */
  threads: number;
}

/**
 * Trains runs side by side, in processes of their own with an equal share of the threads each; the bits
 * that they leave do not depend on it. A run that fails does not keep the others from going on.
 *
 * @param open starts a process; tests have others
 */
export const trainSideBySide = (
  demands: Demands,
  options: SideBySideOptions,
  open: () => TrainingProcess = openTrainingProcess,
): Executor => ({
  async *train(runs, out) {
    await storing(out, () => makeFolder(join(out, runsName)));
    const batch = new Batch(runs, { out, demands, options, open });
    const lanes = Array.from({ length: Math.min(options.places, runs.length) }, () => batch.lane());
    yield* merged(lanes);
  },
});

interface Work {
  out: string;
  demands: Demands;
  options: SideBySideOptions;
  open: () => TrainingProcess;
}

/** Runs that are trained side by side. */
class Batch {
  private readonly work: Work;
  private readonly waiting: RunPosition[];
  private readonly shares: Shares;

  constructor(runs: readonly StudyRun[], work: Work) {
    this.work = work;
    this.waiting = runs.map((run, index) => ({ run, index, count: runs.length }));
    this.shares = new Shares(work.options.places, work.options.threads);
  }

  /** Trains one run after another until none waits, in one process as long as it lives. */
  async *lane(): AsyncGenerator<RunsEvent> {
    let process: TrainingProcess | undefined;
    try {
      for (let position = this.next(); position; position = this.next()) {
        if (!process?.lives) process = this.work.open();
        yield* this.trainOne(position, process);
      }
    } finally {
      await process?.stop();
    }
  }

  private next(): RunPosition | undefined {
    return this.work.options.signal?.aborted ? undefined : this.waiting.shift();
  }

  /** Trains a run to its end; or has it saved, to go on with more threads in its turn. */
  private async *trainOne(
    position: RunPosition,
    process: TrainingProcess,
  ): AsyncGenerator<RunsEvent> {
    const { signal } = this.work.options;
    const share = this.shares.take(this.waiting.length);
    const stopped = AbortSignal.any([share.more.signal, ...(signal ? [signal] : [])]);
    stopped.addEventListener('abort', () => void process.stop());
    let trained = false;
    try {
      for await (const event of process.carryOut(this.taskOf(position, share.threads))) {
        share.secondsLeft = secondsLeft(event) ?? share.secondsLeft;
        trained ||= event.kind === 'run-done';
        yield this.placed(event, position);
      }
      if (!trained && !signal?.aborted) yield this.goOn(position, share.more.signal.aborted);
    } catch (error) {
      yield { kind: 'run-failed', message: this.wordsOf(error as Error), ...position };
    } finally {
      this.shares.give(share, this.waiting.length);
    }
  }

  private taskOf({ run }: RunPosition, threads: number): RunTask {
    const { out, options } = this.work;
    const { embeds, enduresDivergence } = this.work.demands;
    const demands = { embeds, enduresDivergence };
    return { kind: 'run', run, out, demands, options: taskOptions(options, threads) };
  }

  /** What becomes of a run that has been saved before its end. */
  private goOn(position: RunPosition, withMore: boolean): RunsEvent {
    const { title } = position.run;
    if (!withMore) {
      return { kind: 'note', text: `${title}: saved and left, as it was asked to stand still` };
    }
    this.waiting.unshift(position);
    return { kind: 'note', text: `${title}: goes on with the threads of those that have ended` };
  }

  /** An event as it is among those of all runs. */
  private placed(event: RunsEvent, position: RunPosition): RunsEvent {
    if ('run' in event) return { ...event, ...position };
    return event.kind === 'note'
      ? { ...event, text: worded(event.text, this.work.options.nameOf) }
      : event;
  }

  private wordsOf(error: Error): string {
    const { nameOf } = this.work.options;
    return error instanceof ExplainedError && nameOf ? error.worded(nameOf) : error.message;
  }
}

/** How long a run still takes at its present speed, its evaluations aside; where the event tells. */
function secondsLeft(event: RunsEvent): number | undefined {
  if (event.kind !== 'training' || event.event.kind !== 'step') return undefined;
  const { step, steps, imagesPerSecond } = event.event;
  return ((steps - step) * event.run.config.batch) / imagesPerSecond;
}
