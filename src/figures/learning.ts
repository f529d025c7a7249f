import { type Axis, drawChart } from './chart.ts';
import { errorAxis } from './errorAxis.ts';
import { roundTicks } from './limits.ts';
import { modelStyle } from './palette.ts';

/** A model's error after each epoch that was evaluated, with one seed. */
export interface LearningCurve {
  /** The model; curves of one title are its seeds and look alike. */
  title: string;
  /** Errors in percent; those of validation images count where an epoch has both. */
  epochs: readonly { epoch: number; validationError?: number; testError?: number }[];
}

/**
 * Error by epoch, one line a model and seed: the validation error where a curve has one, else the test
 * error. The axis says which. It is logarithmic where the errors span more than a factor of 8; there,
 * an error of 0 is drawn at the bottom.
 *
 * @returns an SVG document
 */
export function drawLearningCurves(curves: readonly LearningCurve[]): string {
  const points = curves.map(pointsOf);
  const errors = points.flatMap((own) => own.map(([, error]) => error));
  const label = judgedErrors(curves);
  const y = errorAxis(errors, `${label} (%)`);
  const titles = [...new Set(curves.map((curve) => curve.title))];
  const series = curves.map((curve, index) => ({
    name: curve.title,
    style: modelStyle(titles.indexOf(curve.title)),
    points: points[index].map(([epoch, error]): [number, number] => [
      epoch,
      Math.max(error, y.domain[0]),
    ]),
  }));
  const last = curves
    .flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch))
    .reduce((most, epoch) => Math.max(most, epoch), 1);
  return drawChart({ title: `${label} by epoch`, series, x: epochAxis(last), y, dots: last <= 40 });
}

/** `Test error`, `Validation error`, or both where the curves differ in it. */
export function judgedErrors(curves: readonly LearningCurve[]): string {
  const validated = curves.filter(({ epochs }) =>
    epochs.some(({ validationError }) => validationError !== undefined),
  ).length;
  if (validated === 0) return 'Test error';
  return validated === curves.length ? 'Validation error' : 'Validation or test error';
}

/** The epochs that were evaluated, each with its error. */
const pointsOf = ({ epochs }: LearningCurve): [number, number][] =>
  epochs.flatMap(({ epoch, validationError, testError }): [number, number][] => {
    const error = validationError ?? testError;
    return error === undefined ? [] : [[epoch, error]];
  });

function epochAxis(last: number): Axis {
  const ticks = last > 1 ? roundTicks(1, last, 10).filter(Number.isInteger) : [1];
  return { label: 'Epoch', domain: [last > 1 ? 1 : 0, Math.max(last, 2)], ticks };
}
