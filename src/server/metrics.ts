import { z } from 'zod';
import type { EpochEvent } from '../runs/metrics.ts';
import type { TrainingEvent } from '../training/trainer.ts';
import { measured, series } from './schemas.ts';

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
      /** Null of an epoch without evaluation, and all null of the images that it was not of. */
      ...{ validationLoss: z.array(measured), validationError: z.array(measured) },
      ...{ testLoss: z.array(measured), testError: z.array(measured) },
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
    epochs: transpose(epochs.map(withGaps), epochColumns.keyof().options),
  };
}

const withGaps = (epoch: EpochEvent) => ({
  ...epoch,
  validationLoss: epoch.validationLoss ?? null,
  validationError: epoch.validationError ?? null,
  testLoss: epoch.testLoss ?? null,
  testError: epoch.testError ?? null,
});

function transpose<Row, Key extends keyof Row>(
  rows: readonly Row[],
  keys: readonly Key[],
): { [K in Key]: Row[K][] } {
  const columns = keys.map((key) => [key, rows.map((row) => row[key])]);
  return Object.fromEntries(columns);
}
