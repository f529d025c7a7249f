import { drawLearningCurves, judgedErrors, type LearningCurve } from '../figures/learning.ts';
import type { ReportFigure } from './report/figures.ts';

/**
 * The learning curves of a study's runs, of the images that they are judged by after their epochs.
 *
 * @param which runs they are, a sentence
 */
export function learningFigure(curves: readonly LearningCurve[], which: string): ReportFigure {
  const errors = judgedErrors(curves);
  return {
    file: 'learning-curves.svg',
    content: drawLearningCurves(curves),
    section: 'learning',
    width: 'half',
    title: errors,
    caption: `After each epoch, in evaluate mode. ${which}`,
    alternative: `${errors} by epoch, a curve for each model and seed`,
  };
}
