import type { Compactness } from '../analysis/compactness.ts';
import { fittedNames } from '../text/fit.ts';
import { drawChart, type Series } from './chart.ts';
import { classStyle, modelStyle } from './palette.ts';
import { textWidth } from './textWidth.ts';

/** Of a class, in pixels: two columns of them fit above the curves. */
const longestName = 240;

/** A model's compactness under its name. */
export interface CompactnessCurve {
  title: string;
  compactness: Pick<Compactness, 'radius' | 'within'>;
}

/**
 * Percentage of class samples within a relative distance of their class centre, one line a model
 * (paper, Fig. 5).
 *
 * @returns an SVG document
 */
export function drawCompactness(curves: readonly CompactnessCurve[]): string {
  const series = curves.map(({ title, compactness }, index) => ({
    name: title,
    style: modelStyle(index),
    points: pointsOf(compactness.radius, compactness.within),
  }));
  return drawCurves('Compactness of the classes, mean over classes, by model', series);
}

/**
 * The same of one model, one line a class; classes without samples are left out.
 *
 * @returns an SVG document
 */
export function drawClassCompactness(
  title: string,
  { radius, perClass }: Compactness,
  classNames: readonly string[],
): string {
  const names = fittedNames(classNames, longestName, textWidth(13));
  const series = perClass.flatMap((within, k) =>
    within ? [{ name: names[k], style: classStyle(k), points: pointsOf(radius, within) }] : [],
  );
  return drawCurves(`Compactness of every class: ${title}`, series);
}

function drawCurves(title: string, series: Series[]): string {
  return drawChart({
    title,
    series,
    x: {
      label: 'Distance to the class centre, relative to the largest in train mode',
      domain: [0, 1],
      ticks: Array.from({ length: 11 }, (_, step) => step / 10),
    },
    y: { label: 'Class samples within (%)', domain: [0, 100], ticks: [0, 20, 40, 60, 80, 100] },
  });
}

function pointsOf(radius: readonly number[], within: readonly number[]): [number, number][] {
  return radius.map((distance, i) => [distance, within[i]]);
}
