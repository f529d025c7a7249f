import { drawSizes, type SizeCurve } from '../../figures/sizes.ts';
import { layoutTitle } from '../../nets/titles.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { CellOutcome, SamplesSummary } from './summary.ts';

/** A figure a layout, drawn from nothing but the summary. */
export function drawSamplesFigures({ cells }: SamplesSummary): ReportFigure[] {
  const layouts = [...new Set(cells.map(({ layout }) => layout))];
  return layouts.map((layout, index) => errorBySize(layout, index, cells));
}

function errorBySize(layout: string, index: number, cells: readonly CellOutcome[]): ReportFigure {
  const title = `Test error of ${layoutTitle(layout)} by training images`;
  const own = cells.filter((cell) => cell.layout === layout);
  const recipes = [...new Set(own.map(({ recipe }) => recipe))];
  return {
    file: `samples-${index + 1}.svg`,
    content: drawSizes(
      title,
      recipes.map((recipe) => curveOf(own, recipe)),
    ),
    section: 'measures',
    width: 'wide',
    title,
    caption:
      'Every way to regularise at the learning rate and length that did best on validation images; ' +
      'means over the seeds, bands their 95\u202f% intervals.',
    alternative: `${title}: a line each for ${recipes.join(', ')}`,
  };
}

const curveOf = (cells: readonly CellOutcome[], recipe: string): SizeCurve => ({
  title: recipe,
  points: cells
    .filter((cell) => cell.recipe === recipe)
    .map(({ size, error: { mean, halfWidth } }) => ({ size, mean, halfWidth })),
});
