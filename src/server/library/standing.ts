import { bestOf } from '../../runs/best.ts';
import type { Halt } from '../../runs/halts.ts';
import type { EpochEvent } from '../../runs/metrics.ts';
import { judgementOf } from '../../training/events.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { RunState, RunSummary } from './runSummary.ts';

/** An event that tells of a step. */
export type StepEvent = Extract<TrainingEvent, { kind: 'step' }>;

/** The newest of a run's metrics. */
export interface Newest {
  step: StepEvent | null;
  epoch: EpochEvent | null;
  /** The newest epoch that was evaluated. */
  judged: EpochEvent | null;
  /** The epoch of the best validation. */
  best: EpochEvent | null;
}

/** What decides how a run stands. */
export interface Signs {
  training: boolean;
  halt: Halt | null;
  /** Its patience was over, and it says so. */
  ended: boolean;
  epoch: number;
  epochs: number;
}

/** How a run with a record stands. */
export function stateOf({ training, halt, ended, epoch, epochs }: Signs): RunState {
  if (training) return 'running';
  if (ended || epoch >= epochs) return 'finished';
  return halt?.kind ?? 'interrupted';
}

/** Takes in what was appended to the metrics. */
export function advance(newest: Newest, events: readonly TrainingEvent[]): Newest {
  const epochs = events.filter((event) => event.kind === 'epoch');
  return {
    step: events.findLast((event) => event.kind === 'step') ?? newest.step,
    epoch: epochs.at(-1) ?? newest.epoch,
    judged: epochs.findLast((epoch) => judgementOf(epoch)) ?? newest.judged,
    best: bestOf([...(newest.best ? [newest.best] : []), ...epochs]),
  };
}

/** How far a run has come and how well it does, as its newest metrics tell. */
export function standingOf({ step, epoch, judged }: Newest, epochs: number, batch: number) {
  const pace = step?.imagesPerSecond ?? epoch?.imagesPerSecond ?? null;
  const done = Math.max(step?.step ?? 0, epoch?.step ?? 0);
  const steps = step?.steps ?? (epoch ? (epoch.step / epoch.epoch) * epochs : 0);
  const secondsLeft = pace ? ((steps - done) * batch) / pace : null;
  const known = steps > 0 ? { step: done, steps, epoch: epoch?.epoch ?? 0, epochs } : null;
  return {
    progress: known,
    imagesPerSecond: pace,
    secondsLeft,
    lastStep: step && { step: step.step, loss: step.loss, error: step.error },
    lastEpoch: epoch && { ...trainedOf(epoch), ...(judged && judgedOf(judged)) },
  } satisfies Partial<RunSummary>;
}

const trainedOf = ({ epoch, trainLoss, trainError }: EpochEvent) => ({
  epoch,
  trainLoss,
  trainError,
});

function judgedOf({ validationLoss, validationError, testLoss, testError }: EpochEvent) {
  if (validationError !== undefined) return { validationLoss, validationError };
  return { testLoss, testError };
}
