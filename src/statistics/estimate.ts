import { mean, sampleStandardDeviation } from 'simple-statistics';
import { studentQuantile } from './student.ts';

/** A quantity measured once per seed. */
export interface Estimate {
  count: number;
  mean: number;
  /** Sample standard deviation, √(Σ (x − mean)² / (n − 1)); null for one value or infinite ones. */
  deviation: number | null;
  /** Half the width of the confidence interval of the mean; null where the deviation is, or values are all alike. */
  halfWidth: number | null;
}

/** The mean of at least one number; NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Mean, sample deviation and Student confidence interval, mean ± t · deviation / √n with t the
 * two-sided quantile of Student's distribution with n − 1 degrees of freedom. Values that agree to the last
 * digit prove nothing, and have no interval: one of no width would be certain.
 *
 * @param values at least one number
 * @param confidence probability that the interval holds the mean, above 0 and below 1
 */
export function estimate(values: readonly number[], confidence = 0.95): Estimate {
  const count = values.length;
  const centre = mean([...values]);
  const deviation = count === 1 ? Number.NaN : sampleStandardDeviation([...values]);
  if (!Number.isFinite(deviation)) return { count, mean: centre, deviation: null, halfWidth: null };
  if (deviation <= 10 * Number.EPSILON * Math.abs(centre))
    return { count, mean: centre, deviation, halfWidth: null };
  const halfWidth = (studentQuantile(confidence, count - 1) * deviation) / Math.sqrt(count);
  return { count, mean: centre, deviation, halfWidth };
}

/**
 * Standard deviation, in percent, of a share that `count` independent samples give; that of one
 * sample where none, or every one, counts.
 *
 * @param percentage from 0 to 100
 */
export function shareDeviation(percentage: number, count: number): number {
  const share = Math.min(Math.max(percentage / 100, 1 / count), 1 - 1 / count);
  return 100 * Math.sqrt((share * (1 - share)) / count);
}
