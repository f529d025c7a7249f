import { drawChart } from './chart.ts';
import { errorAxis } from './errorAxis.ts';
import { modelStyle } from './palette.ts';

/** What a learning-rate range test saw at a rate. */
interface RatePoint {
  learningRate: number;
  loss: number;
  smoothed: number;
}

/**
 * The loss of each step of a learning-rate range test by its rate, and its moving average; a vertical line stands
 * at the suggested rate, where there is one.
 *
 * @returns an SVG document
 */
export function drawRates(steps: readonly RatePoint[], suggestion: number | null): string {
  const [first, last] = [steps[0].learningRate, steps[steps.length - 1].learningRate];
  const y = errorAxis(
    steps.flatMap(({ loss, smoothed }) => [loss, smoothed]),
    'Training loss',
  );
  const line = (name: string, style: number, points: [number, number][]) => ({
    name,
    style: modelStyle(style),
    points,
  });
  const of = (key: 'loss' | 'smoothed') =>
    steps.map((step): [number, number] => [step.learningRate, Math.max(step[key], y.domain[0])]);
  const mark: [number, number][] = suggestion ? y.domain.map((at) => [suggestion, at]) : [];
  const series = [
    line('each step', 5, of('loss')),
    line('smoothed', 0, of('smoothed')),
    ...(suggestion ? [line(`suggested: ${suggestion.toPrecision(2)}`, 6, mark)] : []),
  ];
  const domain: [number, number] = [Math.min(first, suggestion ?? first), last];
  const x = { label: 'Learning rate', domain, ticks: powersWithin(domain), scale: 'log' as const };
  return drawChart({ title: 'Training loss by learning rate', series, x, y });
}

/** The powers of ten in a range. */
const powersWithin = ([low, high]: [number, number]): number[] =>
  Array.from({ length: 31 }, (_, i) => Number(`1e${i - 20}`)).filter(
    (power) => power >= low * (1 - 1e-9) && power <= high * (1 + 1e-9),
  );
