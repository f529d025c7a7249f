import { drawConfusion } from '../figures/confusion.ts';
import { imagesIn } from '../runs/describe.ts';
import { readPredictions } from '../runs/predictions.ts';
import { type Assessment, assess, mistakes } from '../statistics/assessment.ts';
import { percent, plural } from '../text/text.ts';
import { visibleText } from '../text/visible.ts';
import type { ReportFigure } from './report/figures.ts';
import type { TrainedRun } from './trained.ts';

/**
 * A confusion matrix a model, summed over its runs; none of a model whose runs keep no predictions, as
 * those of earlier releases do not.
 */
export async function classFigures(trained: readonly TrainedRun[]): Promise<ReportFigure[]> {
  const models = [...new Set(trained.map(({ run }) => run.model))];
  const figures = models.map((model, index) =>
    modelFigure(
      model,
      index,
      trained.filter(({ run }) => run.model === model),
    ),
  );
  return (await Promise.all(figures)).filter((figure) => figure !== null);
}

async function modelFigure(
  model: string,
  index: number,
  runs: readonly TrainedRun[],
): Promise<ReportFigure | null> {
  const found = (await Promise.all(runs.map(assessmentOf))).filter((one) => one !== null);
  if (found.length === 0) return null;
  const { classNames } = imagesIn(runs[0].record);
  const title = `${model}: what is taken for what`;
  const confusion = classNames.map((_, k) =>
    classNames.map((__, other) => sum(found.map((one) => one.confusion[k][other]))),
  );
  const worst = mistakes(confusion)[0];
  const mostly = worst
    ? ` Most often ${visibleText(classNames[worst.label])} for ${visibleText(classNames[worst.predicted])}.`
    : '';
  return {
    file: `confusion-${index + 1}.svg`,
    content: drawConfusion({ title, classNames, confusion }),
    section: 'confusion',
    width: 'half',
    title,
    caption: `Test images of ${plural(found.length, 'run')}.${mostly} ${calibrationText(found)}`,
    alternative: `Confusion matrix of ${model} over ${classNames.length} classes`,
  };
}

async function assessmentOf({ result }: TrainedRun): Promise<Assessment | null> {
  const kept = await readPredictions(result.folder);
  return kept && assess(kept.splits.test, { wrongest: 0 });
}

/** The calibration error, a mean over runs, beside what chance alone makes of it. */
function calibrationText(found: readonly Assessment[]): string {
  const known = found.map(({ calibration }) => calibration).filter((one) => one !== null);
  const mean = (values: readonly number[]) => percent((100 * sum(values)) / values.length);
  const own = mean(known.map(({ error }) => error));
  return `Calibration error ${own}; a calibrated net would show ${mean(known.map(({ ofCalibrated }) => ofCalibrated))}.`;
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
