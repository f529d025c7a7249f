import { option } from '../errors.ts';
import type { Trainer, TrainingEvent } from '../training/trainer.ts';
import { bestOf, isOutOfPatience } from './best.ts';
import { loadCheckpoint, saveBest, saveCheckpoint } from './checkpoint.ts';
import { type MetricsLog, openMetrics, readEpochs } from './metrics.ts';
import { StorageError } from './storing.ts';

/** What keeping a run tells besides the trainer's own events. */
export type KeepingEvent = TrainingEvent | { kind: 'checkpoint'; step: number };

/** How a run is kept while it trains. */
export interface KeepingOptions {
  /** Stops the training after a step, with a checkpoint of it. */
  signal?: AbortSignal;
  /** Longest time between two checkpoints; one is saved at every epoch's end anyway. */
  checkpointSeconds: number;
  /** Ends the training after so many epochs without a better validation; 0 or left out: never. */
  patience?: number;
  /** Is asked before anything is written; it throws where another process may write by now. */
  check?(): Promise<void>;
}

/**
 * Trains from the trainer's step on, and keeps metrics and checkpoints in the folder. Metrics are
 * made durable before each checkpoint, so a checkpoint never knows a step that they do not. The state
 * after the epoch of the best validation is kept as a checkpoint of its own, before the newest one.
 *
 * @throws StorageError where the system refuses to store
 */
export async function* keepTraining(
  folder: string,
  trainer: Trainer,
  options: KeepingOptions,
): AsyncGenerator<KeepingEvent> {
  const metrics = await openMetrics(folder, trainer.step, options.check);
  try {
    yield* trainAndSave(folder, trainer, metrics, options);
  } finally {
    await metrics.close();
  }
}

/** The error with what a look into the folder finds left to go on from. */
export async function withRemains(error: StorageError, folder: string): Promise<StorageError> {
  const kept = await loadCheckpoint(folder).catch(() => null);
  const remains = kept
    ? `the checkpoint of step ${kept.state.step} is whole; the run, resumed, goes on from there`
    : 'no checkpoint is left there; the run starts from its beginning';
  return new StorageError(`${error.worded(option)}\n${remains}`);
}

async function* trainAndSave(
  folder: string,
  trainer: Trainer,
  metrics: MetricsLog,
  { signal, checkpointSeconds, check, patience = 0 }: KeepingOptions,
): AsyncGenerator<KeepingEvent> {
  let saved = performance.now();
  const epochs = await readEpochs(folder);
  if (isOutOfPatience(epochs, patience)) return;
  for await (const event of trainer.train()) {
    await metrics.append(event);
    yield event;
    if (!isResumable(event, trainer)) continue;
    const due = performance.now() - saved >= checkpointSeconds * 1000;
    if (event.kind === 'epoch') epochs.push(event);
    if (event.kind === 'epoch' || due || signal?.aborted) {
      await metrics.sync();
      const state = await trainer.state();
      if (bestOf(epochs) === event) await saveBest(folder, state, check);
      await saveCheckpoint(folder, state, check);
      saved = performance.now();
      yield { kind: 'checkpoint', step: event.step };
    }
    if (signal?.aborted || isOutOfPatience(epochs, patience)) return;
  }
}

/** After an epoch's last step its evaluation is still to come, which a resumed run would skip. */
const isResumable = (event: TrainingEvent, trainer: Trainer): boolean =>
  event.kind === 'epoch' || event.step % trainer.stepsPerEpoch !== 0;
