import type { RunConfig } from '../../runs/fields.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { RunsEvent } from '../events.ts';
import type { HereOptions } from '../executor.ts';
import type { Demands, StudyRun } from '../study.ts';

/** What a process for training needs to know of where and how to train. */
export type TaskOptions = Pick<
  HereOptions,
  'dataFolder' | 'threads' | 'memory' | 'allowOtherKernels' | 'keep'
>;

/** The options of tasks alone, as they can be sent to another process. */
export const taskOptions = (
  { dataFolder, memory, allowOtherKernels, keep }: TaskOptions,
  threads: number,
): TaskOptions => ({ dataFolder, memory, allowOtherKernels, keep, threads });

/** Trains a run of the study in `out`, or goes on with it. */
export interface RunTask {
  kind: 'run';
  run: StudyRun;
  out: string;
  demands: Demands;
  options: TaskOptions;
}

/** Trains by a config until told to stop, and keeps nothing. */
export interface TrialTask {
  kind: 'trial';
  config: RunConfig;
  options: TaskOptions;
}

export type Task = RunTask | TrialTask;

/** What comes back of a task: its events, and at last how it ended. */
export type Answer =
  | { kind: 'event'; event: RunsEvent | TrainingEvent }
  | { kind: 'ended' }
  /** With options in the text as `option` marks them; a fault of the program has its stack. */
  | { kind: 'failed'; text: string };

/** The module that answers tasks. */
export const trainingModule = 'studies/parallel/trainingModule';
