import { type Axis, drawChart } from './chart.ts';
import { roundTicks } from './limits.ts';
import { modelStyle } from './palette.ts';

/** A model's test error after each epoch. */
export interface LearningCurve {
  title: string;
  /** `testError` in percent. */
  epochs: readonly { epoch: number; testError: number }[];
}

/** Errors that span more than this factor get a logarithmic axis. */
const widestLinear = 8;

/**
 * Test error by epoch, one line a model. The axis is logarithmic where the errors span more than a
 * factor of 8; there, an error of 0 is drawn at the bottom.
 *
 * @returns an SVG document
 */
export function drawLearningCurves(curves: readonly LearningCurve[]): string {
  const epochs = curves.flatMap((curve) => curve.epochs.map(({ epoch }) => epoch));
  const y = errorAxis(curves.flatMap((curve) => curve.epochs.map(({ testError }) => testError)));
  const series = curves.map((curve, index) => ({
    name: curve.title,
    style: modelStyle(index),
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

function errorAxis(errors: readonly number[]): Axis {
  const highest = Math.max(...errors);
  const lowest = Math.min(...errors.filter((error) => error > 0));
  if (highest > widestLinear * lowest) return logarithmic(lowest, highest);
  const ticks = roundTicks(0, highest * 1.1 || 1, 5);
  return { label: 'Test error (%)', domain: [0, highest * 1.1 || 1], ticks };
}

function logarithmic(lowest: number, highest: number): Axis {
  const ladder = Array.from({ length: 10 }, (_, i) => i - 5).flatMap((power) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${power}`)),
  );
  const low = ladder.filter((rung) => rung <= lowest).at(-1) ?? lowest;
  const high = ladder.find((rung) => rung >= highest) ?? highest;
  const ticks = ladder.filter((rung) => rung >= low && rung <= high);
  return { label: 'Test error (%)', domain: [low, high], ticks, scale: 'log' };
}
