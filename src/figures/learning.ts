import { type Axis, drawChart } from './chart.ts';
import { errorAxis } from './errorAxis.ts';
import { roundTicks } from './limits.ts';
import { modelStyle } from './palette.ts';

/** A model's test error after each epoch, with one seed. */
export interface LearningCurve {
  /** The model; curves of one title are its seeds and look alike. */
  title: string;
  /** `testError` in percent. */
  epochs: readonly { epoch: number; testError: number }[];
}

/**
 * Test error by epoch, one line a model and seed. The axis is logarithmic where the errors span more than a
 * factor of 8; there, an error of 0 is drawn at the bottom.
 *
 * @returns an SVG document
 */
export function drawLearningCurves(curves: readonly LearningCurve[]): string {
  const epochs = curves.flatMap((curve) => curve.epochs.map(({ epoch }) => epoch));
  const y = errorAxis(curves.flatMap((curve) => curve.epochs.map(({ testError }) => testError)));
  const titles = [...new Set(curves.map(({ title }) => title))];
  const series = curves.map((curve) => ({
    name: curve.title,
    style: modelStyle(titles.indexOf(curve.title)),
    points: curve.epochs.map(({ epoch, testError }): [number, number] => [
      epoch,
      Math.max(testError, y.domain[0]),
    ]),
  }));
  const last = Math.max(...epochs);
  return drawChart({
    title: 'Test error by epoch',
    series,
    x: epochAxis(last),
    y,
    dots: last <= 40,
  });
}

function epochAxis(last: number): Axis {
  const ticks = last > 1 ? roundTicks(1, last, 10).filter(Number.isInteger) : [1];
  return { label: 'Epoch', domain: [last > 1 ? 1 : 0, Math.max(last, 2)], ticks };
}
