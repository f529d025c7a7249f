import * as Plot from '@observablehq/plot';
import { meanOf } from '../statistics/estimate.ts';
import { errorAxis } from './errorAxis.ts';
import { categoryAxis, type GroupedValue, legendOf, type Names, placer } from './grouped.ts';
import { modelStyle } from './palette.ts';
import { axisLook, drawPlot } from './plot.ts';
import { theme } from './theme.ts';

/** Where a value stands along the categories. */
type Place = ReturnType<typeof placer>;

/**
 * Errors by category, a column of dots for each series, with a bar at their mean.
 *
 * @param points errors in percent
 * @param label what the errors are
 * @returns an SVG document
 */
export function drawErrorColumns(
  names: Names,
  points: readonly GroupedValue[],
  label?: string,
): string {
  const values = points.map(({ value }) => value);
  const y = errorAxis(values, label);
  const [lowest] = y.domain;
  const place = placer(names);
  const { places, domain, look } = categoryAxis(names);
  const means = { x1: 'x1', x2: 'x2', y: 'y', stroke: 'stroke', strokeWidth: 3 };
  return drawPlot({
    title: names.title,
    legend: legendOf(names),
    plot: {
      ...{ width: 640, height: 400 },
      ...{ marginLeft: 58, marginRight: 18, marginTop: 10, marginBottom: 48 },
      x: { domain, axis: null },
      y: { domain: y.domain, type: y.scale ?? 'linear', axis: null },
      marks: [
        Plot.gridY(y.ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
        Plot.axisX(places, look),
        Plot.axisY(y.ticks, { ...axisLook, label: y.label, labelOffset: 48 }),
        Plot.dot(dotsOf(points, place, lowest), {
          ...{ x: 'x', y: 'y', r: 3.2, fill: 'fill', fillOpacity: 0.55 },
        }),
        Plot.ruleY(meansOf(points, place, lowest), means),
      ],
    },
  });
}

/** A dot a value; those below the axis lie on it. */
const dotsOf = (points: readonly GroupedValue[], place: Place, lowest: number) =>
  points.map((point) => ({
    x: place(point) + jitter(points, point),
    y: Math.max(point.value, lowest),
    fill: modelStyle(point.series).colour,
  }));

/** A bar a series and category, at the mean. */
const meansOf = (points: readonly GroupedValue[], place: Place, lowest: number) =>
  groups(points).map(({ members, series, category }) => {
    const middle = place({ series, category });
    const mean = meanOf(members.map(({ value }) => value));
    const bar = { x1: middle - 0.13, x2: middle + 0.13, y: Math.max(mean, lowest) };
    return { ...bar, stroke: modelStyle(series).colour };
  });

function groups(points: readonly GroupedValue[]) {
  const found = new Map<string, GroupedValue[]>();
  for (const point of points) {
    const key = `${point.series}/${point.category}`;
    found.set(key, [...(found.get(key) ?? []), point]);
  }
  return [...found.values()].map((members) => ({ ...members[0], members }));
}

/** Moves the dots of a column apart, to and fro, so that equal ones are seen. */
function jitter(points: readonly GroupedValue[], point: GroupedValue): number {
  const own = points.filter((p) => p.series === point.series && p.category === point.category);
  return 0.045 * ((own.indexOf(point) % 5) - 2);
}
