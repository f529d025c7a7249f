import * as Plot from '@observablehq/plot';
import { categoryAxis, type GroupedValue, legendOf, type Names, placer } from './grouped.ts';
import { roundTicks } from './limits.ts';
import { modelStyle } from './palette.ts';
import { axisLook, drawPlot } from './plot.ts';
import { theme } from './theme.ts';

/** A value with an interval around it; without one where there is a single measurement. */
export interface IntervalValue extends GroupedValue {
  halfWidth: number | null;
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
  const rows = rowsOf(names, values);
  const domain = domainOf(rows);
  const ticks = roundTicks(domain[0], domain[1], 6);
  const { places, domain: range, look } = categoryAxis(names);
  const interval = { x1: 'x1', x2: 'x2', y1: 'y', y2: 'y', stroke: 'colour', strokeWidth: 2.5 };
  return drawPlot({
    title: names.title,
    legend: legendOf(names),
    plot: {
      ...{ width: 640, height: 60 + 50 * places.length, marginLeft: 240, marginRight: 18 },
      ...{ marginTop: 6, marginBottom: 48 },
      x: { domain, axis: null },
      y: { domain: range, reverse: true, axis: null },
      marks: [
        Plot.gridX(ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
        Plot.ruleX([0], { stroke: theme.ink }),
        Plot.axisX(ticks, { ...axisLook, label, labelOffset: 42 }),
        Plot.axisY(places, look),
        Plot.link(rows, interval),
        Plot.dot(rows, { x: 'x', y: 'y', r: 4.5, fill: 'colour' }),
      ],
    },
  });
}

function rowsOf(names: Names, values: readonly IntervalValue[]) {
  const place = placer(names);
  return values.map(({ halfWidth, ...point }) => ({
    y: place(point),
    x: point.value,
    x1: point.value - (halfWidth ?? 0),
    x2: point.value + (halfWidth ?? 0),
    colour: modelStyle(point.series).colour,
  }));
}

/** From the least end of an interval, or 0, to the greatest, with some room. */
function domainOf(rows: readonly { x1: number; x2: number }[]): [number, number] {
  const reach = rows.flatMap(({ x1, x2 }) => [x1, x2]);
  const [low, high] = [Math.min(0, ...reach), Math.max(0, ...reach)];
  const room = 0.06 * (high - low || 1);
  return [low - room, high + room];
}
