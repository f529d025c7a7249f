import { drawCurves } from '../../figures/curves.ts';
import { layoutTitle } from '../../nets/titles.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { Outcome } from './summary.ts';

/** A figure a layout: the error of every recipe along the axis. */
export function drawCurveFigures(
  outcomes: readonly Outcome[],
  { file, axis, caption }: { file: string; axis: string; caption: string },
): ReportFigure[] {
  const layouts = [...new Set(outcomes.map(({ layout }) => layout))];
  return layouts.map((layout, index) => {
    const own = outcomes.filter((outcome) => outcome.layout === layout);
    const recipes = [...new Set(own.map(({ recipe }) => recipe))];
    const title = `Test error of ${layoutTitle(layout)} by ${axis.toLowerCase()}`;
    return {
      file: `${file}-${index + 1}.svg`,
      content: drawCurves(
        { title, axis },
        recipes.map((recipe) => ({ title: recipe, points: pointsOf(own, recipe) })),
      ),
      section: 'measures' as const,
      width: 'wide' as const,
      title,
      caption,
      alternative: `${title}: a line each for ${recipes.join(', ')}`,
    };
  });
}

const pointsOf = (outcomes: readonly Outcome[], recipe: string) =>
  outcomes
    .filter((outcome) => outcome.recipe === recipe)
    .map(({ at, error: { mean, halfWidth } }) => ({ at, mean, halfWidth }));
