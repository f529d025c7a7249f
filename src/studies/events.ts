import type { TrainingEvent } from '../training/trainer.ts';
import type { Estimate } from './estimate.ts';
import type { Study, StudyRun } from './study.ts';
import type { Summary } from './summary.ts';

/** A run of a study and its place among them, from 0. */
export type RunPosition = { run: StudyRun; index: number; count: number };

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
