import { median } from 'simple-statistics';
import type { RunConfig } from '../../runs/fields.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import { merged } from './merge.ts';
import { type TaskOptions, taskOptions } from './task.ts';
import { openTrainingProcess, type TrainingProcess } from './trainingProcess.ts';

interface SpeedOptions extends TaskOptions {
  /** Of each. */
  threads: number;
}

/** Once all runs train and have warmed up, they are watched for so long, and for so many steps of each. */
const warmUpMilliseconds = 1000;
const watchedMilliseconds = 2000;
const leastSteps = 2;

/**
 * Trains by a config in so many processes at once for a moment, keeping nothing.
 *
 * @returns images a second, all together, while all of them train; NaN where one ends or fails before
 */
export async function speedTogether(
  config: RunConfig,
  places: number,
  { threads, ...options }: SpeedOptions,
  open: () => TrainingProcess = openTrainingProcess,
): Promise<number> {
  const processes = Array.from({ length: places }, open);
  try {
    const speeds = processes.map((): number[] => []);
    const task = { kind: 'trial' as const, config, options: taskOptions(options, threads) };
    const trials = processes.map((process, index) =>
      watched(process.carryOut(task), speeds[index]),
    );
    return (await watchTogether(merged(trials), speeds)) ? sum(speeds.map(median)) : Number.NaN;
  } catch {
    // What is wrong with a run its training tells, which the others do not wait for.
    return Number.NaN;
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
}

/** Takes down the speed of each step. */
async function* watched(events: AsyncGenerator<TrainingEvent>, speeds: number[]) {
  for await (const event of events) {
    if (event.kind === 'step') speeds.push(event.imagesPerSecond);
    yield event;
  }
}

/**
 * Whether all were seen to train at once for long enough; what any of them did alone, or before they had
 * warmed up, does not count.
 */
async function watchTogether(
  events: AsyncGenerator<TrainingEvent>,
  speeds: readonly number[][],
): Promise<boolean> {
  let together: number | undefined;
  let watched: number | undefined;
  for await (const _ of events) {
    if (speeds.every(({ length }) => length > 0)) together ??= performance.now();
    if (watched === undefined && hasPassed(together, warmUpMilliseconds)) {
      watched = performance.now();
      for (const own of speeds) own.length = 0;
    }
    const enough = speeds.every(({ length }) => length >= leastSteps);
    if (enough && hasPassed(watched, watchedMilliseconds)) return true;
  }
  return false;
}

const hasPassed = (since: number | undefined, milliseconds: number): boolean =>
  since !== undefined && performance.now() - since >= milliseconds;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
