import { shareDeviation } from '../statistics/estimate.ts';
import type { SeedRun, SeedRuns } from './models.ts';

/**
 * Whether a model stayed at chance with every seed: none of its runs errs less than guessing does by
 * more than two standard errors of the test set. What such nets are compared in says nothing of them.
 */
export function staysAtChance({ runs }: SeedRuns): boolean {
  return runs.every(guesses);
}

/** False where the number of classes is not known, as in summaries of earlier versions. */
function guesses({ testError, testCount, classes }: SeedRun): boolean {
  if (classes === undefined) return false;
  const guessing = 100 * (1 - 1 / classes);
  return testError >= guessing - 2 * shareDeviation(guessing, testCount);
}
