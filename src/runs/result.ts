import { isAtChance } from '../statistics/chance.ts';
import { bestOf, isFinished } from './best.ts';
import { imagesIn } from './describe.ts';
import { keptRecord } from './folder.ts';
import { type EpochEvent, readEpochs } from './metrics.ts';
import type { RunRecord } from './record.ts';
import { type RunEnding, readSummary } from './summary.ts';

/** A finished run: the measures of its last epoch, or, with validation, of its best; errors in percent. */
export interface RunResult {
  kind: 'done';
  folder: string;
  step: number;
  /** Epochs trained; fewer than planned where the patience was over. */
  epochs: number;
  parameters: number;
  trainLoss: number;
  trainError: number;
  /** With validation: of the best epoch, by which nothing but that epoch was chosen. */
  bestEpoch?: number;
  validationLoss?: number;
  validationError?: number;
  /** With validation measured once, at the end, of the best epoch. */
  testLoss: number;
  testError: number;
  /** There where the net errs no less than guessing does, by what it was judged by, see `isAtChance`. */
  atChance?: true;
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

/** The result of a run that has come to its end, with the summary of one that chose by validation. */
export function resultOf(
  folder: string,
  parameters: number,
  epochs: readonly EpochEvent[],
  summary: RunEnding | null = null,
): RunResult {
  const last = epochs[epochs.length - 1];
  const { trainLoss, trainError } = (summary && bestOf(epochs)) ?? last;
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  const measures = { trainLoss, trainError, ...(summary ? chosen(summary) : tested(last)) };
  const effort = { imagesPerSecond: last.imagesPerSecond, seconds };
  const { step, epoch } = last;
  return { kind: 'done', folder, step, epochs: epoch, parameters, ...measures, ...effort };
}

/** The last epoch of a run that chooses nothing is always tested. */
const tested = ({ testLoss, testError }: EpochEvent) => ({
  testLoss: testLoss!,
  testError: testError!,
});

function chosen({ bestEpoch, validationLoss, validationError, testLoss, testError }: RunEnding) {
  return { bestEpoch, validationLoss, validationError, testLoss, testError };
}

/**
 * Reads a run without opening its net or its data; undefined where it is not trained to its end.
 *
 * @throws RequestError where its record, metrics or summary is damaged, or cannot be read
 */
export async function finishedRun(folder: string): Promise<FinishedRun | undefined> {
  const record = await keptRecord(folder);
  if (!record) return undefined;
  const epochs = await readEpochs(folder);
  const summary = await readSummary(folder);
  const awaited = record.data.validation !== undefined && !summary;
  if (awaited || !isFinished(epochs, record.config)) return undefined;
  const result = resultOf(folder, record.parameters, epochs, summary);
  return {
    record,
    epochs,
    result: { ...result, ...(guesses(record, result) && { atChance: true }) },
  };
}

function guesses(record: RunRecord, { validationError, testError }: RunResult): boolean {
  const { validation, test } = record.data;
  const { length: classes } = imagesIn(record).classNames;
  return isAtChance(validationError ?? testError, validation ?? test, classes);
}
