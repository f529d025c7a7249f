import type { Axis } from './chart.ts';
import { roundTicks } from './limits.ts';

/** Errors that span more than this factor get a logarithmic axis. */
const widestLinear = 8;

/**
 * An axis for errors in percent, of test images unless said otherwise: from 0, or logarithmic where they span more than a factor of
 * 8. There an error of 0 has no place; draw it at the bottom.
 */
export function errorAxis(errors: readonly number[], label = 'Test error (%)'): Axis {
  // Errors of thousands of runs are more than a call takes arguments.
  const highest = errors.reduce((most, error) => Math.max(most, error), Number.NEGATIVE_INFINITY);
  const lowest = errors.reduce(
    (least, error) => (error > 0 ? Math.min(least, error) : least),
    Number.POSITIVE_INFINITY,
  );
  if (highest > widestLinear * lowest) return { label, ...logarithmic(lowest, highest) };
  const ticks = roundTicks(0, highest * 1.1 || 1, 5);
  return { label, domain: [0, highest * 1.1 || 1], ticks };
}

function logarithmic(lowest: number, highest: number): Omit<Axis, 'label'> {
  const ladder = Array.from({ length: 10 }, (_, i) => i - 5).flatMap((power) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${power}`)),
  );
  const low = ladder.filter((rung) => rung <= lowest).at(-1) ?? lowest;
  const high = ladder.find((rung) => rung >= highest) ?? highest;
  const ticks = ladder.filter((rung) => rung >= low && rung <= high);
  return { domain: [low, high], ticks, scale: 'log' };
}
