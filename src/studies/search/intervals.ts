import { estimate, shareDeviation } from '../../statistics/estimate.ts';

/**
 * The mean of a layout's errors with half the width of its 95 % interval: Student's over the seeds,
 * or, of a single seed or of seeds that all agree, the normal one of a share of independent images.
 *
 * @param errors in percent, one a seed
 */
export function errorInterval(
  errors: readonly number[],
  testCount: number,
): { mean: number; halfWidth: number } {
  const { mean, halfWidth } = estimate(errors);
  return { mean, halfWidth: halfWidth ?? 1.96 * shareDeviation(mean, testCount) };
}
