import { quantileSorted } from 'simple-statistics';
import { type RandomStream, randomStream } from '../../random/index.ts';
import { meanOf } from '../../statistics/estimate.ts';
import type { Outcome } from '../curves/summary.ts';
import { errorAt, fitPowerLaw } from './powerLaw.ts';
import type { Extrapolation } from './summary.ts';

/** How many times as long as the longest budget the law is asked of. */
const reaches = [2, 4];
const resamples = 1_000;

/** A law is fitted to no fewer budgets: one more than it has parameters. */
export const fewestFitted = 4;

/**
 * Whether a budget says how errors fall. Nets that stayed at chance have learned nothing yet, so that they
 * follow no such law, and a mean over some of them and others is the error of neither.
 */
export const isFitted = ({ atChance }: Outcome): boolean => atChance === 0;

/**
 * The power law through the mean errors of one model, of those budgets at which every net learned; what it
 * says beyond, with the middle 95 % of what it says of resampled seeds, unless there is but one; and how wrong
 * it would have been about the longest of them, fitted to the others. Null of fewer than four, or where an
 * error is 0.
 */
export function extrapolationOf(
  outcomes: readonly Outcome[],
): Omit<Extrapolation, 'layout' | 'recipe'> | null {
  const fitted = outcomes.filter(isFitted);
  const isPerfect = fitted.some(({ errors }) => errors.some((error) => error <= 0));
  if (fitted.length < fewestFitted || isPerfect) return null;
  const means = fitted.map(({ at, error }) => [at, error.mean] as const);
  const law = fitPowerLaw(means);
  const [longest, seen] = means[means.length - 1];
  const isOneSeed = fitted.some(({ errors }) => errors.length < 2);
  const stream = randomStream(1, 'studies/budget/extrapolation');
  const drawn = Array.from({ length: resamples }, () => fitPowerLaw(resampled(fitted, stream)));
  const predictions = reaches.map((times) => {
    const sorted = drawn.map((one) => errorAt(one, times * longest)).sort((a, b) => a - b);
    const [low, high] = isOneSeed
      ? [null, null]
      : [0.025, 0.975].map((level) => quantileSorted(sorted, level));
    return { epochs: times * longest, error: errorAt(law, times * longest), low, high };
  });
  const predicted = errorAt(fitPowerLaw(means.slice(0, -1)), longest);
  return { law, predictions, check: { epochs: longest, predicted, seen } };
}

/** Mean errors of as many seeds as there are, drawn with replacement at every budget. */
const resampled = (outcomes: readonly Outcome[], stream: RandomStream) =>
  outcomes.map(({ at, errors }) => {
    const drawn = errors.map(() => errors[stream.integer(errors.length)]);
    return [at, meanOf(drawn)] as const;
  });
