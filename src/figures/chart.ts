import * as Plot from '@observablehq/plot';
import type { LineStyle } from './palette.ts';
import { axisLook, drawPlot } from './plot.ts';
import { theme } from './theme.ts';

/** One line of a chart. */
export interface Series {
  /** What the legend says, once for all lines of one name. */
  name: string;
  style: LineStyle;
  points: [number, number][];
  /** Where the line has an interval: x, and y from and to. */
  band?: [number, number, number][];
}

export interface Axis {
  label: string;
  domain: [number, number];
  ticks: number[];
  scale?: 'linear' | 'log';
}

/** A chart of lines under a legend. */
export interface Chart {
  /** Read out to those who cannot see the chart. */
  title: string;
  series: Series[];
  x: Axis;
  y: Axis;
  /** Whether every point gets a dot; for few points. */
  dots?: boolean;
}

const size = { width: 640, height: 400 };
const margins = { marginLeft: 58, marginRight: 18, marginTop: 10, marginBottom: 48 };

/** Draws the chart as an SVG document. */
export function drawChart({ title, series, x, y, dots }: Chart): string {
  const marks = [
    Plot.gridX(x.ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
    Plot.gridY(y.ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
    Plot.axisX(x.ticks, { ...axisLook, label: x.label, labelOffset: 42 }),
    Plot.axisY(y.ticks, { ...axisLook, label: y.label, labelOffset: 48 }),
    ...series.flatMap((line) => seriesMarks(line, dots ?? false)),
  ];
  const scales = {
    x: { domain: x.domain, type: x.scale ?? 'linear', axis: null },
    y: { domain: y.domain, type: y.scale ?? 'linear', axis: null },
  } as const;
  return drawPlot({
    title,
    legend: distinct(series),
    plot: { ...size, ...margins, ...scales, marks },
  });
}

function seriesMarks({ points, style, band = [] }: Series, dots: boolean): Plot.Markish[] {
  const area = Plot.areaY(band, {
    x: '0',
    y1: '1',
    y2: '2',
    fill: style.colour,
    fillOpacity: 0.12,
  });
  const line = Plot.line(points, {
    stroke: style.colour,
    strokeWidth: 2,
    strokeDasharray: style.dash || undefined,
  });
  const marks = dots ? [line, Plot.dot(points, { fill: style.colour, r: 2.75 })] : [line];
  return band.length > 0 ? [area, ...marks] : marks;
}

/** The first line of every name. */
function distinct(series: readonly Series[]): Series[] {
  return [...new Map([...series].reverse().map((line) => [line.name, line])).values()].reverse();
}
