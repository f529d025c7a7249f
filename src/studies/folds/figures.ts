import { drawErrors } from '../../figures/errors.ts';
import { classFigures } from '../classes.ts';
import type { StudyPlan } from '../plan.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { TrainedRun } from '../trained.ts';
import type { FoldsSummary } from './summary.ts';

/** The error of every fold, and what is taken for what in all of them. */
export const drawFoldsFigures = async (
  summary: FoldsSummary,
  _: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<ReportFigure[]> => [errorsOfFolds(summary), ...(await classFigures(trained))];

/** The error of every fold, with the mean and its corrected interval. */
function errorsOfFolds({ runs, folds }: FoldsSummary): ReportFigure {
  const { mean, halfWidth } = folds;
  const errors = runs.map(({ testError }) => testError);
  const title = runs[0].model;
  return {
    file: 'folds.svg',
    content: drawErrors([{ title, errors, mean, halfWidth, published: null }], 'fold'),
    section: 'measures',
    width: 'wide',
    title: 'Error of every fold',
    caption:
      'A dot a fold; the bar at the mean has the corrected 95\u202f% interval, which counts that folds ' +
      'share their training images.',
    alternative: `Errors of ${errors.length} folds, their mean ${mean.toFixed(2)} % and its interval`,
  };
}
