import * as Plot from '@observablehq/plot';
import { errorAxis } from './errorAxis.ts';
import { modelStyle } from './palette.ts';
import { axisLook, drawMarks } from './plot.ts';
import { element, label, picture } from './svg.ts';
import { theme } from './theme.ts';

/** A model's test errors in percent: of every seed, their mean, and what is published. */
export interface ModelErrors {
  title: string;
  errors: readonly number[];
  mean: number;
  /** Half the width of the mean's confidence interval; null with a single seed. */
  halfWidth: number | null;
  published: number | null;
}

const width = 640;
const rowHeight = 40;
const margin = { left: 214, right: 24, top: 6, bottom: 48 };
const legendHeight = 34;

/**
 * Test errors row by row: a dot a seed, a bar at the mean with its confidence interval, a diamond
 * for the published error. The axis is that of `errorAxis`.
 *
 * @param dot what a dot stands for
 * @returns an SVG document
 */
export function drawErrors(models: readonly ModelErrors[], dot: 'seed' | 'fold' = 'seed'): string {
  const height = margin.top + models.length * rowHeight + margin.bottom;
  const plot = element(
    'g',
    { transform: `translate(0 ${legendHeight})`, 'font-size': 12, 'text-anchor': 'middle' },
    drawMarks({
      ...{ width, height, marginLeft: margin.left, marginRight: margin.right },
      ...{ marginTop: margin.top, marginBottom: margin.bottom },
      ...scales(models),
      marks: marksOf(models),
    }),
  );
  const title = 'Test error of every model';
  const compared = models.some(({ published }) => published !== null);
  const meanings = legend(dot, compared);
  return picture({ width, height: height + legendHeight, title }, ...meanings, plot);
}

function axisOf(models: readonly ModelErrors[]) {
  const shown = models.flatMap(({ errors, published }) => [...errors, published ?? errors[0]]);
  return errorAxis(shown);
}

function scales(models: readonly ModelErrors[]): Plot.PlotOptions {
  const { domain, scale = 'linear' } = axisOf(models);
  return {
    x: { domain, type: scale, axis: null, clamp: true },
    y: { domain: models.map(({ title }) => title), type: 'band', axis: null },
  };
}

function marksOf(models: readonly ModelErrors[]): Plot.Markish[] {
  const { ticks, label } = axisOf(models);
  return [
    Plot.gridX(ticks, { stroke: theme.rule, strokeOpacity: 0.7 }),
    Plot.axisX(ticks, { ...axisLook, label, labelOffset: 42 }),
    Plot.axisY({ tickSize: 0, tickPadding: 12, fontSize: 13, label: null }),
    ...models.flatMap(modelMarks),
  ];
}

function modelMarks(model: ModelErrors, index: number): Plot.Markish[] {
  const { title: y, errors, mean, halfWidth, published } = model;
  const { colour } = modelStyle(index);
  const interval = halfWidth === null ? [] : [{ x1: mean - halfWidth, x2: mean + halfWidth, y }];
  const seeds = errors.map((x) => ({ x, y }));
  const diamond = published === null ? [] : [{ x: published, y }];
  const hollow = { fill: theme.background, stroke: theme.ink, strokeWidth: 1.5 };
  return [
    Plot.ruleY(interval, {
      x1: 'x1',
      x2: 'x2',
      y: 'y',
      stroke: colour,
      strokeOpacity: 0.35,
      strokeWidth: 7,
    }),
    Plot.tickX([{ x: mean, y }], { x: 'x', y: 'y', stroke: colour, strokeWidth: 2, inset: 8 }),
    Plot.dot(seeds, { x: 'x', y: 'y', fill: colour, r: 3.5 }),
    Plot.dot(diamond, { x: 'x', y: 'y', ...hollow, symbol: 'diamond', r: 5 }),
  ];
}

/** What dot, bar and band mean, and the diamond where there is one. */
function legend(dot: string, compared: boolean): string[] {
  const y = 20;
  const text = (x: number, words: string): string => label(x, y + 4, words, { 'font-size': 12.5 });
  const ink = theme.ink;
  const diamond = { d: `M372 ${y - 6}l6 6-6 6-6-6z`, fill: theme.background, stroke: ink };
  return [
    element('circle', { cx: 20, cy: y, r: 3.5, fill: ink }),
    text(30, dot),
    element('path', { d: `M80 ${y - 8}v16`, stroke: ink, 'stroke-width': 2 }),
    text(88, 'mean'),
    element('path', { d: `M140 ${y}h28`, stroke: ink, 'stroke-opacity': 0.35, 'stroke-width': 7 }),
    text(176, '95 % interval of the mean'),
    ...(compared ? [element('path', diamond), text(384, 'published')] : []),
  ];
}
