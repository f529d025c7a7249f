import type { Axis } from '../../../src/figures/chart.ts';
import { roundTicks } from '../../../src/figures/limits.ts';
import type { CurveAxis } from '../charts/options.ts';

/** The axis of a printed chart for these values. */
export function axisFor(
  { label, domain, logarithmic }: CurveAxis,
  values: readonly number[],
): Axis {
  if (logarithmic) return logarithmicAxis(label, values);
  const [low, high] = domain ?? [Math.min(0, least(values)), 1.05 * greatest(values) || 1];
  return { label, domain: [low, high], ticks: roundTicks(low, high, 6) };
}

function logarithmicAxis(label: string, values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0);
  const low = 10 ** Math.floor(Math.log10(least(positive)));
  const high = 10 ** Math.ceil(Math.log10(greatest(positive)));
  const powers = Math.round(Math.log10(high / low)) + 1;
  const ticks = Array.from({ length: powers }, (_, i) => Number((low * 10 ** i).toPrecision(1)));
  return { label, domain: [low, high], ticks, scale: 'log' };
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
