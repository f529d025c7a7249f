import type { TrainingEvent } from '../training/trainer.ts';
import type { Metrics } from './schemas.ts';

const stepColumns = ['step', 'epoch', 'loss', 'error', 'learningRate', 'imagesPerSecond'] as const;
const epochColumns = [
  ...(['step', 'epoch', 'trainLoss', 'trainError', 'testLoss', 'testError'] as const),
  ...(['imagesPerSecond', 'seconds'] as const),
];

/** Lines of metrics as columns, steps thinned to at most `points`, the newest always among them. */
export function columnsOf(events: readonly TrainingEvent[], points = Infinity): Metrics {
  const steps = events.filter((event) => event.kind === 'step');
  const epochs = events.filter((event) => event.kind === 'epoch');
  const stride = Math.max(1, Math.ceil(steps.length / points));
  const shown = steps.filter((_, index) => (steps.length - 1 - index) % stride === 0);
  return { steps: transpose(shown, stepColumns), epochs: transpose(epochs, epochColumns) };
}

function transpose<Row, Key extends keyof Row>(
  rows: readonly Row[],
  keys: readonly Key[],
): { [K in Key]: Row[K][] } {
  const columns = keys.map((key) => [key, rows.map((row) => row[key])]);
  return Object.fromEntries(columns);
}
