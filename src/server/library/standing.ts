import type { Halt } from '../../runs/halts.ts';
import type { EpochEvent } from '../../runs/metrics.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { RunState, RunSummary } from './runSummary.ts';

/** An event that tells of a step. */
export type StepEvent = Extract<TrainingEvent, { kind: 'step' }>;

/** The newest of a run's metrics. */
export interface Newest {
  step: StepEvent | null;
  epoch: EpochEvent | null;
}

/** What decides how a run stands. */
export interface Signs {
  training: boolean;
  halt: Halt | null;
  epoch: number;
  epochs: number;
}

/** How a run with a record stands. */
export function stateOf({ training, halt, epoch, epochs }: Signs): RunState {
  if (training) return 'running';
  if (epoch >= epochs) return 'finished';
  return halt?.kind ?? 'interrupted';
}

/** Takes in what was appended to the metrics. */
export function advance(newest: Newest, events: readonly TrainingEvent[]): Newest {
  return {
    step: events.findLast((event) => event.kind === 'step') ?? newest.step,
    epoch: events.findLast((event) => event.kind === 'epoch') ?? newest.epoch,
  };
}

/** How far a run has come and how well it does, as its newest metrics tell. */
export function standingOf({ step, epoch }: Newest, epochs: number, batch: number) {
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
    lastEpoch: epoch && lastEpochOf(epoch),
  } satisfies Partial<RunSummary>;
}

function lastEpochOf({ epoch, trainLoss, trainError, testLoss, testError }: EpochEvent) {
  return { epoch, trainLoss, trainError, testLoss, testError };
}
