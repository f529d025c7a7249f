import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type LegendEntry, lineLegend } from './lineLegend.ts';
import { element, picture } from './svg.ts';

/** How axes look in every plot. */
export const axisLook = {
  labelAnchor: 'center',
  labelArrow: 'none',
  fontSize: 12,
  tickSize: 0,
  tickPadding: 8,
  text: (value: number) => String(value),
} as const;

/** A plot under its legend. */
export interface LegendPlot {
  /** Read out to those who cannot see the plot. */
  title: string;
  legend: readonly LegendEntry[];
  /** Width, height and left margin are needed; no document. */
  plot: Plot.PlotOptions & { width: number; height: number; marginLeft: number };
}

/** Draws a plot under its legend as an SVG document. */
export function drawPlot({ title, legend, plot }: LegendPlot): string {
  const { width, height, marginLeft } = plot;
  const { height: rows, elements } = lineLegend(legend, { left: marginLeft, width });
  const top = 14 + rows;
  const look = { 'font-size': 12, 'text-anchor': 'middle' };
  const marks = element('g', { transform: `translate(0 ${top})`, ...look }, drawMarks(plot));
  return picture({ width, height: top + height, title }, ...elements, marks);
}

/** The marks that Observable Plot draws, without its document and style sheet. */
export function drawMarks(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html></html>');
  const drawn = Plot.plot({ document, ...options });
  drawn.querySelector('style')?.remove();
  return drawn.innerHTML;
}
