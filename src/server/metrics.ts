import { z } from 'zod';
import type { TrainingEvent } from '../training/trainer.ts';
import { series } from './schemas.ts';

/** Columns of numbers, ready to be drawn; all columns of a table are equally long. */
export const metricsSchema = z
  .object({
    steps: z.object({
      step: series,
      epoch: series,
      loss: series,
      error: series,
      learningRate: series,
      imagesPerSecond: series,
    }),
    epochs: z.object({
      step: series,
      epoch: series,
      trainLoss: series,
      trainError: series,
      testLoss: series,
      testError: series,
      imagesPerSecond: series,
      seconds: series,
    }),
  })
  .meta({ id: 'Metrics' });

export type Metrics = z.infer<typeof metricsSchema>;

const { steps: stepColumns, epochs: epochColumns } = metricsSchema.shape;

/** Lines of metrics as columns, steps thinned to at most `points`, the newest always among them. */
export function columnsOf(events: readonly TrainingEvent[], points = Infinity): Metrics {
  const steps = events.filter((event) => event.kind === 'step');
  const epochs = events.filter((event) => event.kind === 'epoch');
  const stride = Math.max(1, Math.ceil(steps.length / points));
  const shown = steps.filter((_, index) => (steps.length - 1 - index) % stride === 0);
  return {
    steps: transpose(shown, stepColumns.keyof().options),
    epochs: transpose(epochs, epochColumns.keyof().options),
  };
}

function transpose<Row, Key extends keyof Row>(
  rows: readonly Row[],
  keys: readonly Key[],
): { [K in Key]: Row[K][] } {
  const columns = keys.map((key) => [key, rows.map((row) => row[key])]);
  return Object.fromEntries(columns);
}
