import { quantileSorted } from 'simple-statistics';
import { type RandomStream, randomStream } from '../../random/index.ts';
import { meanOf } from '../../statistics/estimate.ts';
import { curvesOf, outcomeOf, pointsAt } from '../curves/findings.ts';
import type { Outcome } from '../curves/summary.ts';
import type { TrainedRun } from '../trained.ts';
import { errorAt, fitPowerLaw } from './powerLaw.ts';
import { idsAt } from './runs.ts';
import type { BudgetSettings } from './settings.ts';
import type { BudgetFindings, Extrapolation } from './summary.ts';

/** What the budgets that are trained to their end tell. */
export function budgetFindings(
  settings: BudgetSettings,
  trained: readonly TrainedRun[],
): BudgetFindings {
  const outcomes = settings.budgets.flatMap((epochs) => {
    const own = pointsAt(settings, epochs).map((point) =>
      outcomeOf(point, idsAt(settings, point), trained),
    );
    return own.every((outcome) => outcome !== null) ? own : [];
  });
  const arms = pointsAt(settings, 0);
  const extrapolations = arms.flatMap(({ layout, recipe }) => {
    const own = outcomes.filter((one) => one.layout === layout && one.recipe === recipe);
    const found = extrapolationOf(own);
    return found ? [{ layout, recipe, ...found }] : [];
  });
  return { outcomes, ...curvesOf(outcomes, settings), extrapolations };
}

/** How many times as long as the longest budget the law is asked of. */
const reaches = [2, 4];
const resamples = 1_000;

/**
 * The power law through the mean errors of one model; what it says beyond, with the middle 95 % of what
 * it says of resampled seeds; and how wrong it would have been about the longest budget, fitted to the
 * others. Null of fewer than four budgets, or where an error is 0.
 */
function extrapolationOf(
  outcomes: readonly Outcome[],
): Omit<Extrapolation, 'layout' | 'recipe'> | null {
  if (outcomes.length < 4 || outcomes.some(({ errors }) => errors.some((error) => error <= 0)))
    return null;
  const means = outcomes.map(({ at, error }) => [at, error.mean] as const);
  const law = fitPowerLaw(means);
  const [longest, seen] = means[means.length - 1];
  const stream = randomStream(1, 'studies/budget/extrapolation');
  const drawn = Array.from({ length: resamples }, () => fitPowerLaw(resampled(outcomes, stream)));
  const predictions = reaches.map((times) => {
    const sorted = drawn.map((one) => errorAt(one, times * longest)).sort((a, b) => a - b);
    const [low, high] = [0.025, 0.975].map((level) => quantileSorted(sorted, level));
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
