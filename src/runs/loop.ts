import type { Trainer, TrainingEvent } from '../training/trainer.ts';
import { saveCheckpoint } from './checkpoint.ts';
import { type MetricsLog, openMetrics } from './metrics.ts';

/** What keeping a run tells besides the trainer's own events. */
export type KeepingEvent = TrainingEvent | { kind: 'checkpoint'; step: number };

/** How a run is kept while it trains. */
export interface KeepingOptions {
  /** Stops the training after a step, with a checkpoint of it. */
  signal?: AbortSignal;
  /** Longest time between two checkpoints; one is saved at every epoch's end anyway. */
  checkpointSeconds: number;
}

/**
 * Trains from the trainer's step on, and keeps metrics and checkpoints in the folder. Metrics are
 * made durable before each checkpoint, so a checkpoint never knows a step that they do not.
 */
export async function* keepTraining(
  folder: string,
  trainer: Trainer,
  options: KeepingOptions,
): AsyncGenerator<KeepingEvent> {
  const metrics = await openMetrics(folder, trainer.step);
  try {
    yield* trainAndSave(folder, trainer, metrics, options);
  } finally {
    await metrics.close();
  }
}

async function* trainAndSave(
  folder: string,
  trainer: Trainer,
  metrics: MetricsLog,
  { signal, checkpointSeconds }: KeepingOptions,
): AsyncGenerator<KeepingEvent> {
  let saved = performance.now();
  for await (const event of trainer.train()) {
    await metrics.append(event);
    yield event;
    if (!isResumable(event, trainer)) continue;
    const due = performance.now() - saved >= checkpointSeconds * 1000;
    if (event.kind === 'epoch' || due || signal?.aborted) {
      await metrics.sync();
      await saveCheckpoint(folder, trainer.state());
      saved = performance.now();
      yield { kind: 'checkpoint', step: event.step };
    }
    if (signal?.aborted) return;
  }
}

/** After an epoch's last step its evaluation is still to come, which a resumed run would skip. */
const isResumable = (event: TrainingEvent, trainer: Trainer): boolean =>
  event.kind === 'epoch' || event.step % trainer.stepsPerEpoch !== 0;
