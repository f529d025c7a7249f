import { join } from 'node:path';
import { z } from 'zod';
import { type DocumentKind, documentText, parseDocument } from '../files/document.ts';
import { textIfThere } from '../files/ifThere.ts';
import { mostBytes } from '../files/read.ts';
import type { Trainer } from '../training/trainer.ts';
import { writeWhole } from './atomic.ts';
import { bestOf } from './best.ts';
import { restoreCheckpoint } from './checkpoint.ts';
import { type EpochEvent, measure, readEpochs } from './metrics.ts';

/** The file in which a run that chose by validation says how it ended. */
export const summaryName = 'summary.json';

const count = z.int().min(0);

const summarySchema = z.object({
  /** Whether all epochs were trained, or the patience was over. */
  ended: z.enum(['epochs', 'patience']),
  epochs: count,
  bestEpoch: count,
  bestStep: count,
  validationLoss: measure,
  validationError: measure,
  /** Measured once, after the last epoch, of `best.safetensors`; nothing was chosen by it. */
  testLoss: measure,
  testError: measure,
});

/** How a run that chose by validation ended: its best epoch, and the test of that one alone. */
export type RunEnding = z.infer<typeof summarySchema>;

/** The formats of a run's `summary.json`. */
const summaryKind: DocumentKind<RunEnding> = {
  name: 'summary',
  upgrades: [],
  schema: summarySchema,
  remedy: 'delete it and resume the run',
};

/**
 * The summary of the run in a folder; null where it has not ended, or chose nothing.
 *
 * @throws RequestError where it is damaged, of a newer format, or cannot be read
 */
export async function readSummary(folder: string): Promise<RunEnding | null> {
  const path = join(folder, summaryName);
  const text = await textIfThere(path, mostBytes.document);
  return text === null ? null : parseDocument(text, summaryKind, path);
}

/**
 * Ends a run that chose by validation: opens its best epoch and measures the test images with it, the
 * only time that they are looked at. A run that has ended before is left as it is.
 *
 * @param planned epochs of the whole training
 * @param check is asked before anything is written; it throws where another process may write by now
 */
export async function summarise(
  folder: string,
  trainer: Trainer,
  planned: number,
  check: () => Promise<void>,
): Promise<void> {
  await restoreCheckpoint(folder, trainer, 'best');
  if (await readSummary(folder)) return;
  const epochs = await readEpochs(folder);
  const test = await trainer.evaluate('test');
  const summary = summaryOf(epochs, planned, test);
  await writeWhole(join(folder, summaryName), documentText(summaryKind, summary), check);
}

function summaryOf(
  epochs: readonly EpochEvent[],
  planned: number,
  { loss: testLoss, error: testError }: { loss: number; error: number },
): RunEnding {
  const { epoch: bestEpoch, step: bestStep, validationLoss, validationError } = bestOf(epochs)!;
  const done = epochs[epochs.length - 1].epoch;
  const ended = done < planned ? 'patience' : 'epochs';
  const best = { bestEpoch, bestStep, validationLoss, validationError };
  return { ended, epochs: done, ...best, testLoss, testError };
}
