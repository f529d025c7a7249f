import { keptRecord, type RunRecord } from './folder.ts';
import { type EpochEvent, readEpochs } from './metrics.ts';

/** A finished run: the measures of its last epoch, errors in percent. */
export interface RunResult {
  kind: 'done';
  folder: string;
  step: number;
  epochs: number;
  parameters: number;
  trainLoss: number;
  trainError: number;
  testLoss: number;
  testError: number;
  /** Training images a second over the last epoch. */
  imagesPerSecond: number;
  /** Time of all epochs together. */
  seconds: number;
}

/** A finished run as its folder tells of it. */
export interface FinishedRun {
  record: RunRecord;
  epochs: EpochEvent[];
  result: RunResult;
}

/** The result of a run whose epochs are all there. */
export function resultOf(
  folder: string,
  parameters: number,
  epochs: readonly EpochEvent[],
): RunResult {
  const last = epochs[epochs.length - 1];
  const { step, trainLoss, trainError, testLoss, testError, imagesPerSecond } = last;
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  const measures = { trainLoss, trainError, testLoss, testError, imagesPerSecond, seconds };
  return { kind: 'done', folder, step, epochs: last.epoch, parameters, ...measures };
}

/**
 * Reads a run without opening its net or its data; undefined where it is not trained to its end.
 *
 * @throws RequestError where the folder holds a damaged record
 */
export async function finishedRun(folder: string): Promise<FinishedRun | undefined> {
  const record = await keptRecord(folder);
  if (!record) return undefined;
  const epochs = await readEpochs(folder);
  if (epochs.at(-1)?.epoch !== record.config.epochs) return undefined;
  return { record, epochs, result: resultOf(folder, record.parameters, epochs) };
}
