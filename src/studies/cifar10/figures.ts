import { drawErrors } from '../../figures/errors.ts';
import type { LearningCurve } from '../../figures/learning.ts';
import { classFigures } from '../classes.ts';
import { learningFigure } from '../learning.ts';
import { groupByModel } from '../models.ts';
import type { StudyPlan } from '../plan.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { TrainedRun } from '../trained.ts';
import type { Cifar10Summary } from './summary.ts';

/** The figures of the study, and what its nets take for what. */
export const drawCifar10Figures = async (
  summary: Cifar10Summary,
  _: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<ReportFigure[]> => [
  errors(summary),
  learningFigure(curvesOf(summary), 'A line a seed.'),
  ...(await classFigures(trained)),
];

function errors({ rows }: Cifar10Summary): ReportFigure {
  const models = rows.map((row) => ({ ...row, published: row.published?.error ?? null }));
  return {
    file: 'table-1-errors.svg',
    content: drawErrors(models),
    section: 'measures',
    width: 'half',
    title: 'Test error',
    caption:
      'Every seed, their mean and its interval; the diamond is what the paper prints in Table 1 ' +
      'for its own, larger and longer training.',
    alternative: rows
      .map(({ title, mean }) => `${title}: ${mean.toFixed(2)} % test error`)
      .join('; '),
  };
}

/** Models in the table's order, each with all its seeds, so that lines and rows agree in colour. */
const curvesOf = ({ runs }: Cifar10Summary): LearningCurve[] =>
  groupByModel(runs).flatMap(({ title, runs }) =>
    runs.map(({ curve }) => ({ title, epochs: curve })),
  );
