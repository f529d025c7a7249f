import * as Plot from '@observablehq/plot';
import { meanOf } from '../statistics/estimate.ts';
import { errorAxis } from './errorAxis.ts';
import { roundTicks } from './limits.ts';
import { modelStyle } from './palette.ts';
import { axisLook, drawPlot } from './plot.ts';
import { theme } from './theme.ts';

/** One thing measured in some category, by one of several series. */
export interface GroupedValue {
  series: number;
  category: number;
  value: number;
}

/** A value with an interval around it; without one where there is a single measurement. */
export interface IntervalValue extends GroupedValue {
  halfWidth: number | null;
}

/** Names of the series, with their colours, and of the categories. */
interface Names {
  title: string;
  series: readonly string[];
  categories: readonly string[];
}

/** How far from a category's middle its outermost series stand. */
const spread = 0.16;

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
  const y = errorAxis(
    points.map(({ value }) => value),
    label,
  );
  const place = placer(names);
  const dots = points.map((point) => ({
    x: place(point) + jitter(points, point),
    y: Math.max(point.value, y.domain[0]),
    fill: modelStyle(point.series).colour,
  }));
  const means = groups(points).map(({ members, series, category }) => {
    const middle = place({ series, category });
    const mean = meanOf(members.map(({ value }) => value));
    const bar = { x1: middle - 0.13, x2: middle + 0.13, y: Math.max(mean, y.domain[0]) };
    return { ...bar, stroke: modelStyle(series).colour };
  });
  const indices = names.categories.map((_, index) => index);
  return drawPlot({
    title: names.title,
    legend: legendOf(names),
    plot: {
      ...{
        width: 640,
        height: 400,
        marginLeft: 58,
        marginRight: 18,
        marginTop: 10,
        marginBottom: 48,
      },
      x: { domain: [-0.5, indices.length - 0.5], axis: null },
      y: { domain: y.domain, type: y.scale ?? 'linear', axis: null },
      marks: [
        Plot.gridY(y.ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
        Plot.axisX(indices, {
          ...axisLook,
          label: null,
          text: (index: number) => names.categories[index],
        }),
        Plot.axisY(y.ticks, { ...axisLook, label: y.label, labelOffset: 48 }),
        Plot.dot(dots, { x: 'x', y: 'y', r: 3.2, fill: 'fill', fillOpacity: 0.55 }),
        Plot.ruleY(means, { x1: 'x1', x2: 'x2', y: 'y', stroke: 'stroke', strokeWidth: 3 }),
      ],
    },
  });
}

/**
 * Values by category as rows of dots with their intervals, about a line at 0.
 *
 * @param label what the values are
 * @returns an SVG document
 */
export function drawIntervals(
  names: Names,
  label: string,
  values: readonly IntervalValue[],
): string {
  const reach = values.flatMap(({ value, halfWidth }) => [
    value - (halfWidth ?? 0),
    value + (halfWidth ?? 0),
  ]);
  const room = 0.06 * (Math.max(0, ...reach) - Math.min(0, ...reach) || 1);
  const domain = [Math.min(0, ...reach) - room, Math.max(0, ...reach) + room];
  const place = placer(names);
  const rows = values.map((value) => ({
    y: place(value),
    x: value.value,
    x1: value.value - (value.halfWidth ?? 0),
    x2: value.value + (value.halfWidth ?? 0),
    colour: modelStyle(value.series).colour,
  }));
  const indices = names.categories.map((_, index) => index);
  return drawPlot({
    title: names.title,
    legend: legendOf(names),
    plot: {
      ...{ width: 640, height: 60 + 50 * indices.length, marginLeft: 240, marginRight: 18 },
      ...{ marginTop: 6, marginBottom: 48 },
      x: { domain, axis: null },
      y: { domain: [-0.5, indices.length - 0.5], reverse: true, axis: null },
      marks: [
        Plot.gridX(roundTicks(domain[0], domain[1], 6), { stroke: theme.rule, strokeOpacity: 0.7 }),
        Plot.ruleX([0], { stroke: theme.ink }),
        Plot.axisX(roundTicks(domain[0], domain[1], 6), { ...axisLook, label, labelOffset: 42 }),
        Plot.axisY(indices, {
          ...axisLook,
          label: null,
          text: (index: number) => names.categories[index],
        }),
        Plot.link(rows, {
          x1: 'x1',
          x2: 'x2',
          y1: 'y',
          y2: 'y',
          stroke: 'colour',
          strokeWidth: 2.5,
        }),
        Plot.dot(rows, { x: 'x', y: 'y', r: 4.5, fill: 'colour' }),
      ],
    },
  });
}

const legendOf = ({ series }: Names) =>
  series.map((name, index) => ({ name, style: { ...modelStyle(index), dash: '' } }));

const placer =
  ({ series }: Names) =>
  (point: Pick<GroupedValue, 'series' | 'category'>): number =>
    point.category + spread * (2 * point.series - (series.length - 1));

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
