import { drawErrorColumns } from '../../figures/errorColumns.ts';
import { textWidth } from '../../figures/textWidth.ts';
import { fittedNames } from '../../text/fit.ts';
import { classFigures } from '../classes.ts';
import { errorOf } from '../halving.ts';
import type { StudyPlan } from '../plan.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { TrainedRun } from '../trained.ts';
import type { SettingImportance } from './findings.ts';
import { choiceTitle } from './space.ts';
import type { TuningSummary } from './summary.ts';
import { settingTitle, shareInWords, valueTitle } from './words.ts';

/** Pixels that the names of a setting's values have in its figure. */
const figureWidth = 540;

/** A figure a setting, the most important first, and what the best candidate takes for what. */
export const drawTuningFigures = async (
  summary: TuningSummary,
  _: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<ReportFigure[]> => [
  ...summary.importance.map((one) => settingFigure(summary, one)),
  ...(await classFigures(bestRuns(summary, trained))),
];

function bestRuns({ rounds }: TuningSummary, trained: readonly TrainedRun[]): TrainedRun[] {
  const { number, outcomes } = rounds[rounds.length - 1];
  const title = choiceTitle(outcomes[0].choice);
  return trained.filter(({ run }) => run.model === title && run.id.startsWith(`round${number}.`));
}

/** The error of every candidate of the first round by its value of a setting. */
function settingFigure({ rounds }: TuningSummary, one: SettingImportance): ReportFigure {
  const { setting, values, all } = one;
  const points = rounds[0].outcomes.map((outcome) => ({
    series: 0,
    category: values.findIndex(({ value }) => value === outcome.choice[setting]),
    value: errorOf(outcome),
  }));
  const title = settingTitle(setting);
  const names = {
    title,
    series: ['candidates'],
    categories: fittedNames(
      values.map(({ value }) => valueTitle(value)),
      figureWidth / values.length,
      textWidth(11),
    ),
  };
  return {
    file: `setting-${title}.svg`,
    content: drawErrorColumns(names, points, 'Validation error (%)'),
    section: 'effects',
    width: 'half',
    title,
    caption: `Explains ${shareInWords(all?.explained)} of the variance. A dot a candidate, a bar at the mean.`,
    alternative: `Validation errors of all candidates of the first round by ${title}`,
  };
}
