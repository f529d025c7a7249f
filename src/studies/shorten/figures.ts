import { drawErrors } from '../../figures/errors.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { ShortenSummary } from './summary.ts';

/** The test errors of those that confirm, seed by seed; nothing while none of them is trained. */
export const drawShortenFigures = ({ outcomes }: ShortenSummary): ReportFigure[] =>
  outcomes.length > 0 ? [errorsFigure(outcomes)] : [];

const errorsFigure = (outcomes: ShortenSummary['outcomes']): ReportFigure => ({
  file: 'shorten.svg',
  content: drawErrors(
    outcomes.map(({ which, epochs, errors, error }) => ({
      ...{ title: `${which}, ${epochs} epochs`, errors, published: null },
      ...{ mean: error.mean, halfWidth: error.halfWidth },
    })),
  ),
  section: 'measures',
  width: 'wide',
  title: 'Test errors with fresh seeds',
  caption: 'A dot a seed; the bar at the mean has its 95\u202f% interval.',
  alternative: outcomes
    .map(({ which, error }) => `${which}: ${error.mean.toFixed(2)} %`)
    .join('; '),
});
