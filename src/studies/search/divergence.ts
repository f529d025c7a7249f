import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../runs/atomic.ts';
import type { RunResult } from '../../runs/result.ts';
import { NonFiniteLossError } from '../../training/trainer.ts';
import type { Laboratory } from '../laboratory.ts';

const mark = 'diverged.txt';

/** Whether a result is that of a run that diverged. */
export const hasDiverged = ({ trainLoss }: RunResult): boolean => !Number.isFinite(trainLoss);

/**
 * A laboratory in which a run whose loss is no longer finite does not end the search: it counts as
 * one that guesses. A file in its folder says so, so that it is not trained again.
 */
export function enduring(laboratory: Laboratory, classes: number): Laboratory {
  return {
    ...laboratory,
    async *train(config, folder) {
      const told = await readFile(join(folder, mark), 'utf8').catch(() => null);
      if (told === null) {
        try {
          yield* laboratory.train(config, folder);
          return;
        } catch (error) {
          if (!(error instanceof NonFiniteLossError)) throw error;
          await writeWhole(join(folder, mark), `${error.message}\n`);
        }
      }
      yield guessing(folder, config.epochs, classes);
    },
  };
}

/** The result of a net that gives every image one of the classes at random. */
function guessing(folder: string, epochs: number, classes: number): RunResult {
  const error = 100 * (1 - 1 / classes);
  const loss = Number.POSITIVE_INFINITY;
  const measures = { trainLoss: loss, trainError: error, testLoss: loss, testError: error };
  const effort = { step: 0, epochs, parameters: 0, imagesPerSecond: 0, seconds: 0 };
  return { kind: 'done', folder, ...effort, ...measures };
}
