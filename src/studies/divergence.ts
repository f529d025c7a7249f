import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mostBytes, readText } from '../files/read.ts';
import { writeWhole } from '../runs/atomic.ts';
import { imagesIn } from '../runs/describe.ts';
import { keptRecord } from '../runs/folder.ts';
import type { FinishedRun, RunResult } from '../runs/result.ts';
import type { NonFiniteLossError } from '../training/trainer.ts';

const markPath = (folder: string): string => join(folder, 'diverged.txt');

/** Keeps in a run's folder that its loss was no longer finite, so that it is not trained again. */
export function markDiverged(
  folder: string,
  { message }: Pick<NonFiniteLossError, 'message'>,
): Promise<void> {
  return writeWhole(markPath(folder), `${message}\n`);
}

/** Whether a run's folder keeps that it diverged. */
export const keepsDivergence = (folder: string): boolean => existsSync(markPath(folder));

/** How a run diverged, as its folder keeps it; undefined where it did not. */
export const divergenceOf = (folder: string): Promise<string | undefined> =>
  readText(markPath(folder), mostBytes.note).then(
    (text) => text.trimEnd(),
    () => undefined,
  );

/** A run that diverged, with the result of one that guesses; undefined where it did not. */
export async function divergedRun(folder: string): Promise<FinishedRun | undefined> {
  const mark = await divergenceOf(folder);
  const record = mark === undefined ? undefined : await keptRecord(folder);
  if (!record) return undefined;
  const { config, parameters } = record;
  const error = 100 * (1 - 1 / imagesIn(record).classNames.length);
  const loss = Number.POSITIVE_INFINITY;
  const measures = { trainLoss: loss, trainError: error, testLoss: loss, testError: error };
  const validation = record.data.validation && { validationLoss: loss, validationError: error };
  const effort = { step: 0, epochs: config.epochs, parameters, imagesPerSecond: 0, seconds: 0 };
  return {
    record,
    epochs: [],
    result: { kind: 'done', folder, ...effort, ...measures, ...validation, atChance: true },
  };
}

/** Whether a result is that of a run that diverged. */
export const hasDiverged = ({ trainLoss }: RunResult): boolean => !Number.isFinite(trainLoss);
