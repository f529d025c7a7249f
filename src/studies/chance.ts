import { isAtChance } from '../statistics/chance.ts';
import type { SeedRun, SeedRuns } from './models.ts';

/**
 * Whether a model stayed at chance with every seed: none of its runs errs less than guessing does by
 * more than two standard errors of the test set. What such nets are compared in says nothing of them.
 */
export function staysAtChance({ runs }: SeedRuns): boolean {
  return runs.every(guesses);
}

/** False where the number of classes is not known, as in summaries of earlier versions. */
const guesses = ({ testError, testCount, classes }: SeedRun): boolean =>
  classes !== undefined && isAtChance(testError, testCount, classes);
