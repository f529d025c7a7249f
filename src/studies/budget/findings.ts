import { curvesOf, outcomeOf, pointsAt } from '../curves/findings.ts';
import type { TrainedRun } from '../trained.ts';
import { extrapolationOf, isFitted } from './extrapolation.ts';
import { idsAt } from './runs.ts';
import type { BudgetSettings } from './settings.ts';
import type { BudgetFindings } from './summary.ts';

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
  const models = pointsAt(settings, 0).map(({ layout, recipe }) => ({
    ...{ layout, recipe },
    own: outcomes.filter((one) => one.layout === layout && one.recipe === recipe),
  }));
  const extrapolations = models.flatMap(({ own, ...model }) => {
    const found = extrapolationOf(own);
    return found ? [{ ...model, ...found }] : [];
  });
  const unfitted = models.flatMap(({ own, ...model }) => {
    const budgets = own.filter((one) => !isFitted(one)).map(({ at }) => at);
    return budgets.length > 0 ? [{ ...model, budgets, left: own.length - budgets.length }] : [];
  });
  return {
    outcomes,
    ...curvesOf(outcomes, settings, trained[0].record.data.test),
    extrapolations,
    unfitted,
  };
}
