import { type Axis, drawChart } from './chart.ts';
import { errorAxis } from './errorAxis.ts';
import { modelStyle } from './palette.ts';

/** The error of one model along an amount, such as that of training images, in percent. */
export interface ErrorCurve {
  title: string;
  /** By rising amount; half the width of the interval is null where there is none. */
  points: readonly { at: number; mean: number; halfWidth: number | null }[];
}

/**
 * Errors along the logarithm of an amount: a line a model, its interval as a band.
 *
 * @returns an SVG document
 */
export function drawCurves(
  { title, axis }: { title: string; axis: string },
  curves: readonly ErrorCurve[],
): string {
  const all = curves.flatMap(({ points }) => points);
  const y = errorAxis(all.map(({ mean }) => mean));
  const inside = (error: number) => Math.min(Math.max(error, y.domain[0]), y.domain[1]);
  const series = curves.map(({ title: name, points }, index) => ({
    name,
    style: modelStyle(index),
    points: points.map(({ at, mean }): [number, number] => [at, inside(mean)]),
    band: points.map(({ at, mean, halfWidth }): [number, number, number] => [
      at,
      inside(mean - (halfWidth ?? 0)),
      inside(mean + (halfWidth ?? 0)),
    ]),
  }));
  const x = amountAxis(
    axis,
    all.map(({ at }) => at),
  );
  return drawChart({ title, series, x, y, dots: true });
}

/** A logarithmic axis with a tick at every amount, a tenth wider than they reach. */
function amountAxis(label: string, amounts: readonly number[]): Axis {
  const ticks = [...new Set(amounts)].sort((a, b) => a - b);
  const domain: [number, number] = [ticks[0] / 1.1, ticks[ticks.length - 1] * 1.1];
  return { label, domain, ticks, scale: 'log' };
}
