import type { Calibration } from '../statistics/assessment.ts';
import { type LegendEntry, lineLegend } from './lineLegend.ts';
import { modelStyle } from './palette.ts';
import { element, label, picture } from './svg.ts';
import { theme } from './theme.ts';

/** A calibration with its name in the legend. */
export interface NamedCalibration {
  name: string;
  calibration: Pick<Calibration, 'bins'>;
}

const plot = { left: 62, side: 320, right: 20, counts: 64, gap: 34, bottom: 50 };
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
const percentText = (share: number): string => String(Math.round(100 * share));

/**
 * Draws a reliability diagram: a dot a bin, at its mean confidence and the share of its predictions that
 * is right, with the 95 % interval; a calibrated model lies on the diagonal. Below, how many of the
 * predictions are that confident.
 *
 * @returns an SVG document
 */
export function drawReliability(title: string, models: readonly NamedCalibration[]): string {
  const legend: LegendEntry[] = models.map(({ name }, k) => ({
    name,
    style: { ...modelStyle(k), dash: '' },
  }));
  const width = plot.left + plot.side + plot.right;
  const { height: rows, elements } = lineLegend(legend, { left: plot.left, width });
  const top = 20 + rows;
  const height = top + plot.side + plot.gap + plot.counts + plot.bottom;
  const [square, strip] = [top, top + plot.side + plot.gap];
  return picture(
    { width, height, title },
    ...elements,
    element('g', { transform: `translate(${plot.left} ${square})` }, ...squareOf(models)),
    element('g', { transform: `translate(${plot.left} ${strip})` }, ...countsOf(models)),
  );
}

function squareOf(models: readonly NamedCalibration[]): string[] {
  const { side } = plot;
  const rule = { stroke: theme.rule, 'stroke-opacity': 0.7 };
  const small = { 'font-size': 12, fill: theme.ink };
  const grid = ticks.flatMap((tick) => [
    element('path', { d: `M0 ${side * (1 - tick)}H${side}M${side * tick} 0V${side}`, ...rule }),
    label(-8, side * (1 - tick) + 4, percentText(tick), { ...small, 'text-anchor': 'end' }),
  ]);
  const diagonal = { stroke: theme.faint, 'stroke-dasharray': '4 4' };
  return [
    ...grid,
    element('path', { d: `M0 ${side}L${side} 0`, ...diagonal }),
    ...models.flatMap(({ calibration }, k) => dotsOf(calibration, modelStyle(k).colour)),
    axisName('right (%)', -46, side / 2, true),
  ];
}

/** Dots lie where a bin's predictions do, not at its middle. */
function dotsOf({ bins }: NamedCalibration['calibration'], colour: string): string[] {
  const { side } = plot;
  const height = (share: number) => side * (1 - share);
  return bins.flatMap(({ confidence, accuracy }) => {
    if (confidence === null || accuracy === null) return [];
    const { share, low, high } = accuracy;
    const x = side * confidence;
    const reach = `M${x} ${height(low)}V${height(high)}`;
    return [
      element('path', { d: reach, stroke: colour, 'stroke-width': 2, 'stroke-opacity': 0.45 }),
      element('circle', { cx: x, cy: height(share), r: 4.5, fill: colour }),
    ];
  });
}

/** Bars of the models stand side by side in every bin. */
function countsOf(models: readonly NamedCalibration[]): string[] {
  const { side, counts } = plot;
  const most = Math.max(1, ...models.flatMap(({ calibration }) => calibration.bins.map(countOf)));
  const bars = models.flatMap(({ calibration: { bins } }, k) =>
    bins.map(({ low, high, count }) => {
      const width = (side * (high - low) - 2) / models.length;
      const height = (counts * count) / most;
      const place = { x: side * low + 1 + k * width, y: counts - height, width, height };
      return element('rect', { ...place, fill: modelStyle(k).colour, 'fill-opacity': 0.75 });
    }),
  );
  const small = { 'font-size': 12, 'text-anchor': 'middle' };
  return [
    element('path', { d: `M0 ${counts}H${side}`, stroke: theme.rule }),
    ...bars,
    ...ticks.map((tick) => label(side * tick, counts + 18, percentText(tick), small)),
    label(-8, 10, most.toLocaleString('en'), { 'font-size': 12, 'text-anchor': 'end' }),
    label(-8, counts + 4, '0', { 'font-size': 12, 'text-anchor': 'end' }),
    axisName('confidence (%)', side / 2, counts + 40),
    axisName('images', -46, counts / 2, true),
  ];
}

const countOf = ({ count }: { count: number }): number => count;

function axisName(text: string, x: number, y: number, upright = false): string {
  const turn = upright ? { transform: `rotate(-90 ${x} ${y})` } : {};
  return label(x, y, text, {
    ...{ 'font-size': 13, 'text-anchor': 'middle', fill: theme.faint },
    ...turn,
  });
}
