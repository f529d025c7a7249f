import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { LineStyle } from './palette.ts';
import { element, label, picture } from './svg.ts';
import { theme } from './theme.ts';

/** One line of a chart. */
export interface Series {
  /** What the legend says, once for all lines of one name. */
  name: string;
  style: LineStyle;
  points: [number, number][];
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
const margin = { left: 58, right: 18, top: 10, bottom: 48 };
const legend = { lineHeight: 22, swatch: 24, space: 15, characterWidth: 6.8 };

/** Draws the chart as an SVG document. */
export function drawChart(chart: Chart): string {
  const lines = legendLines(distinct(chart.series));
  const top = 14 + lines.length * legend.lineHeight;
  const plot = element('g', { transform: `translate(0 ${top})`, ...plotText }, plotMarks(chart));
  const height = top + size.height;
  const entries = lines.flatMap((line, row) => legendLine(line, 22 + row * legend.lineHeight));
  return picture({ width: size.width, height, title: chart.title }, ...entries, plot);
}

const plotText = { 'font-size': 12, 'text-anchor': 'middle' };

/** The marks that Observable Plot draws, without its document and style sheet. */
export function drawPlot(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html></html>');
  const drawn = Plot.plot({ document, ...options });
  drawn.querySelector('style')?.remove();
  return drawn.innerHTML;
}

function plotMarks({ series, x, y, dots }: Chart): string {
  return drawPlot({
    ...size,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    x: { domain: x.domain, type: x.scale ?? 'linear', axis: null },
    y: { domain: y.domain, type: y.scale ?? 'linear', axis: null },
    marks: [
      Plot.gridX(x.ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
      Plot.gridY(y.ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
      Plot.axisX(x.ticks, { ...axisLook, label: x.label, labelOffset: 42 }),
      Plot.axisY(y.ticks, { ...axisLook, label: y.label, labelOffset: 48 }),
      ...series.flatMap((line) => seriesMarks(line, dots ?? false)),
    ],
  });
}

/** How the axes of all charts look. */
export const axisLook = {
  labelAnchor: 'center',
  labelArrow: 'none',
  fontSize: 12,
  tickSize: 0,
  tickPadding: 8,
  text: (value: number) => String(value),
} as const;

function seriesMarks({ points, style }: Series, dots: boolean): Plot.Markish[] {
  const line = Plot.line(points, {
    stroke: style.colour,
    strokeWidth: 2,
    strokeDasharray: style.dash || undefined,
  });
  return dots ? [line, Plot.dot(points, { fill: style.colour, r: 2.75 })] : [line];
}

/** The first line of every name. */
function distinct(series: readonly Series[]): Series[] {
  return [...new Map([...series].reverse().map((line) => [line.name, line])).values()].reverse();
}

function legendLines(series: readonly Series[]): Series[][] {
  const lines: Series[][] = [[]];
  let room = size.width - margin.left;
  for (const entry of series) {
    if (entryWidth(entry) > room && lines[lines.length - 1].length > 0) {
      lines.push([]);
      room = size.width - margin.left;
    }
    lines[lines.length - 1].push(entry);
    room -= entryWidth(entry);
  }
  return lines;
}

function legendLine(line: readonly Series[], y: number): string[] {
  let x = margin.left;
  return line.map((entry) => {
    const { colour, dash } = entry.style;
    const stroke = { stroke: colour, 'stroke-width': 2.5, 'stroke-dasharray': dash || undefined };
    const swatch = element('path', { d: `M${x} ${y - 4.5}h${legend.swatch}`, ...stroke });
    const name = label(x + legend.swatch + 7, y, entry.name, { 'font-size': 13 });
    x += entryWidth(entry);
    return swatch + name;
  });
}

function entryWidth({ name }: Series): number {
  return legend.swatch + 7 + name.length * legend.characterWidth + legend.space;
}
