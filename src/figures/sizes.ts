import { type Axis, drawChart } from './chart.ts';
import { errorAxis } from './errorAxis.ts';
import { modelStyle } from './palette.ts';

/** The error of one model by the number of its training samples, in percent. */
export interface SizeCurve {
  title: string;
  /** By rising size; half the width of the interval is null where there is none. */
  points: readonly { size: number; mean: number; halfWidth: number | null }[];
}

/**
 * Errors by the number of training samples, both along logarithms where errors span much: a line a
 * model, its interval as a band.
 *
 * @returns an SVG document
 */
export function drawSizes(title: string, curves: readonly SizeCurve[]): string {
  const all = curves.flatMap(({ points }) => points);
  const y = errorAxis(all.map(({ mean }) => mean));
  const inside = (error: number) => Math.min(Math.max(error, y.domain[0]), y.domain[1]);
  const series = curves.map(({ title: name, points }, index) => ({
    name,
    style: modelStyle(index),
    points: points.map(({ size, mean }): [number, number] => [size, inside(mean)]),
    band: points.map(({ size, mean, halfWidth }): [number, number, number] => [
      size,
      inside(mean - (halfWidth ?? 0)),
      inside(mean + (halfWidth ?? 0)),
    ]),
  }));
  return drawChart({ title, series, x: sizeAxis(all.map(({ size }) => size)), y, dots: true });
}

/** A logarithmic axis with a tick at every size, a tenth wider than they reach. */
function sizeAxis(sizes: readonly number[]): Axis {
  const ticks = [...new Set(sizes)].sort((a, b) => a - b);
  const domain: [number, number] = [ticks[0] / 1.1, ticks[ticks.length - 1] * 1.1];
  return { label: 'Training images', domain, ticks, scale: 'log' };
}
