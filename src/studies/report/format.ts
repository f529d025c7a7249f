import { type Measure, measures } from '../measures/measures.ts';
import type { SeedRuns, Statistic } from '../models.ts';

/** A number of a measure with its digits and unit, `n/a` where there is none. */
export function formatMeasure(measure: Measure, value: number | null): string {
  if (value === null) return 'n/a';
  const { digits, unit } = measures[measure];
  return `${minus(value.toFixed(digits))}${unit}`;
}

/** `mean ± deviation`, the mean alone with a single seed. */
export function formatStatistic(measure: Measure, statistic: Statistic | null): string {
  if (!statistic || statistic.deviation === null) {
    return formatMeasure(measure, statistic?.mean ?? null);
  }
  const { digits, unit } = measures[measure];
  const { mean, deviation } = statistic;
  return `${minus(mean.toFixed(digits))} ± ${deviation.toFixed(digits)}${unit}`;
}

/** What a table's ± is, and over how many seeds its models go. */
export function overSeeds(models: readonly SeedRuns[]): string {
  const counts = models.map(({ runs }) => runs.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return 'One seed each.';
  return `Mean ± sample deviation over ${least === most ? least : `${least} to ${most}`} seeds.`;
}

/** Seconds as `48 s`, `2 min 05 s` or `1 h 12 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function minus(text: string): string {
  return text.replace(/^-/, '\u2212');
}
