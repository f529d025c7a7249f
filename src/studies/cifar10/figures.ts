import { drawLearningCurves } from '../../figures/learning.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { Summary } from '../summary.ts';

/** The figures of the study, drawn from nothing but its summary. */
export function drawCifar10Figures({ runs }: Summary): ReportFigure[] {
  const { seed } = runs[0];
  const shown = runs.filter((run) => run.seed === seed);
  return [
    {
      file: 'learning-curves.svg',
      content: drawLearningCurves(
        shown.map(({ model, curve }) => ({ title: model, epochs: curve })),
      ),
      section: 'learning',
      width: 'half',
      title: 'Test error',
      caption: `After each epoch, in evaluate mode. Seed ${seed}.`,
      alternative: 'A curve of the test error over the epochs for each model',
    },
  ];
}
