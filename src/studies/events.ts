import type { TrainingEvent } from '../training/trainer.ts';
import type { Amount } from './amount.ts';
import type { TimeEstimate } from './estimate.ts';
import type { StudyRun, StudyTypes } from './study.ts';
import type { Summary } from './summary.ts';

/** A run of a study and its place among those that are trained with it, from 0. */
export type RunPosition = { run: StudyRun; index: number; count: number };

/**
 * What happens to runs while they are trained; `run-done` comes when nothing is left to do. A study says
 * of each run what it has to do among all of them, an executor by itself does not.
 */
export type RunsEvent =
  | { kind: 'note'; text: string }
  | ({
      kind: 'run-start';
      from: 'start' | 'checkpoint' | 'finished';
      /** Images that the net is judged by after its epochs. */
      judge: 'validation' | 'test';
      amount?: Amount;
    } & RunPosition)
  | ({ kind: 'training'; event: TrainingEvent } & RunPosition)
  | { kind: 'analysis'; task: string }
  | ({
      kind: 'run-done';
      trainError: number;
      validationError?: number;
      testError: number;
    } & RunPosition)
  /** One of several that are trained side by side; the others go on. */
  | ({ kind: 'run-failed'; message: string } & RunPosition);

/** What a study will do. */
export interface PlanEvent {
  kind: 'plan';
  study: string;
  title: string;
  dataset: { name: string; title: string; source: string };
  out: string;
  /** The runs that are known before any is trained. */
  runs: StudyRun[];
}

/** What happens in every study after its plan; the last event of a whole study is `done`. */
export type WorkEvent<Found extends object> =
  | RunsEvent
  | ({ kind: 'estimate' } & TimeEstimate)
  | { kind: 'done'; summary: Found; summaryPath: string; reportPath: string };

/** What happens in a study of the paper. */
export type StudyEvent<Found extends object = Summary> = PlanEvent | WorkEvent<Found>;

/** What happens in a study, with what it tells of its own. */
export type EventOf<T extends StudyTypes> =
  | (PlanEvent & T['plan'])
  | WorkEvent<T['summary']>
  | T['stage'];
