import uPlot from 'uplot';
import { darkTheme, type Theme } from '../../../src/figures/theme.ts';
import type { Line } from './table.ts';

/** An axis as the reader meets it. */
export interface CurveAxis {
  label: string;
  /** Its name in the legend, where the label is long. */
  short?: string;
  /** The ends; as the data ask for where left out. */
  domain?: [number, number];
  logarithmic?: boolean;
  /** Digits after the point of the values in the legend. */
  digits: number;
}

/** Lines over two axes, and how large they are drawn, in pixels. */
export interface CurveChart {
  lines: readonly Line[];
  x: CurveAxis;
  y: CurveAxis;
  height: number;
  width: number;
}

const font = (theme: Theme) => `11.5px "Inter Variable", ${theme.fontFamily}`;

/** What uPlot is told of a chart. */
export function curveOptions(
  { lines, x, y, height, width }: CurveChart,
  theme: Theme,
): uPlot.Options {
  return {
    width,
    height,
    padding: [10, 12, 0, 0],
    cursor: { y: false, drag: { x: true, y: false } },
    legend: { live: true },
    scales: {
      x: { time: false, range: x.domain },
      y: { distr: y.logarithmic ? 3 : 1, range: y.domain ?? rangeOf(y) },
    },
    series: [
      { label: x.short ?? x.label, value: (_, value) => numberText(value, x.digits) },
      ...lines.map((line) => seriesOf(line, y, theme)),
    ],
    axes: [axisOf(x, theme, 26), axisOf(y, theme, 46)],
  };
}

function seriesOf({ name, style, faint, x }: Line, y: CurveAxis, theme: Theme): uPlot.Series {
  const colour = onGround(style.colour, theme);
  return {
    label: name,
    stroke: faint ? `${colour}99` : colour,
    width: faint ? 1 : 2,
    dash: style.dash ? style.dash.split(' ').map(Number) : undefined,
    spanGaps: true,
    points: { show: !faint && x.length > 0 && x.length <= 40, size: 6, fill: colour },
    value: (_, value) => numberText(value, y.digits),
  };
}

function axisOf({ label, logarithmic }: CurveAxis, theme: Theme, size: number): uPlot.Axis {
  return {
    label,
    size,
    labelSize: 20,
    labelGap: 0,
    gap: 6,
    labelFont: font(theme),
    font: font(theme),
    stroke: theme.faint,
    grid: { stroke: `${theme.rule}99`, width: 1 },
    ticks: { show: false },
    ...(logarithmic && { values: (_, ticks) => ticks.map((tick) => logText(tick)) }),
  };
}

/** Only 1, 2 and 5 times powers of ten, lest the numbers meet. */
function logText(tick: number | null): string {
  if (tick === null) return '';
  const lead = Number(tick.toExponential(0).split('e')[0]);
  return [1, 2, 5].includes(lead) ? String(Number(tick.toPrecision(1))) : '';
}

function rangeOf({ logarithmic }: CurveAxis): uPlot.Scale.Range {
  if (logarithmic) return (_, low, high) => uPlot.rangeLog(low ?? 1, high ?? 10, 10, false);
  return { min: { pad: 0, soft: 0, mode: 1 }, max: { pad: 0.08, soft: 0, mode: 2 } };
}

/** Model lines are chosen for white; on a dark ground the darkest ones are lightened. */
const lightened: Record<string, string> = {
  '#0072b2': '#5aaef0',
  '#d55e00': '#ff914d',
  '#009e73': '#3fd6a6',
  '#882f7a': '#d98bd0',
  '#333333': '#c3cad6',
};

/** The colour of a line on the ground of the page. */
function onGround(colour: string, theme: Theme): string {
  return theme === darkTheme ? (lightened[colour] ?? colour) : colour;
}

function numberText(value: number | null, digits: number): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}
