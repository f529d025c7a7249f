import { shareDeviation } from './estimate.ts';

/**
 * Whether an error is no less than that of guessing one of equally frequent classes, by more than two
 * standard errors of the samples: such a net has learned nothing that can be told.
 *
 * @param error in percent of `count` samples
 */
export function isAtChance(error: number, count: number, classes: number): boolean {
  const guessing = 100 * (1 - 1 / classes);
  return error >= guessing - 2 * shareDeviation(guessing, count);
}
