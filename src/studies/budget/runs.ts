import { layoutTitle } from '../../nets/titles.ts';
import { pointName, pointsAt } from '../curves/findings.ts';
import { parseRecipe, withRecipe } from '../curves/recipes.ts';
import type { Point } from '../curves/summary.ts';
import { type StudyRun, seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import type { BudgetSettings } from './settings.ts';

/**
 * The runs of a study that has trained those: one budget after the other, the shortest first, each run
 * on a schedule of its own, whose learning rate falls to 0.
 */
export function budgetRuns(settings: BudgetSettings, trained: readonly TrainedRun[]): StudyRun[] {
  const done = new Set(trained.map(({ run }) => run.id));
  const runs: StudyRun[] = [];
  for (const epochs of settings.budgets) {
    const own = runsOf(settings, epochs);
    runs.push(...own);
    if (!own.every(({ id }) => done.has(id))) break;
  }
  return runs;
}

/** All runs, in that order. */
export const allRuns = (settings: BudgetSettings): StudyRun[] =>
  settings.budgets.flatMap((epochs) => runsOf(settings, epochs));

/** The names of a point's runs, seed by seed. */
export const idsAt = ({ seeds }: BudgetSettings, point: Point): string[] =>
  seedsUpTo(seeds).map((seed) => `${pointName(point)}.seed${seed}`);

const runsOf = (settings: BudgetSettings, epochs: number): StudyRun[] =>
  pointsAt(settings, epochs).flatMap((point) => runsAt(settings, point));

function runsAt(settings: BudgetSettings, point: Point): StudyRun[] {
  const { at: epochs, layout, recipe } = point;
  const model = `${layoutTitle(layout)}, ${recipe}, ${epochs} epochs`;
  const config = withRecipe(settings.config, layout, parseRecipe(recipe));
  return idsAt(settings, point).map((id, index) => ({
    ...{ id, model, title: `${model}, seed ${index + 1}` },
    config: { ...config, epochs, seed: index + 1, evaluateEvery: String(epochs) },
  }));
}
