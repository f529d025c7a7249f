import jStat from 'jstat';

const { cdf, inv } = jStat.studentt;

/**
 * The t with P(|T| ≤ t) = confidence for Student's T.
 *
 * @param confidence above 0 and below 1
 * @param freedom degrees of freedom, above 0, whole or not
 */
export function studentQuantile(confidence: number, freedom: number): number {
  return inv((1 + confidence) / 2, freedom);
}

/** P(|T| ≥ |t|), the two-sided p-value of a statistic t. */
export function studentTail(t: number, freedom: number): number {
  if (!Number.isFinite(t)) return Number.isNaN(t) ? 1 : 0;
  return Math.min(1, 2 * cdf(-Math.abs(t), freedom));
}
