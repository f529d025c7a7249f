import type { Difference } from './difference.ts';
import { studentCritical } from './student.ts';

/** A difference judged as one of a family of questions asked of the same runs. */
export interface JudgedDifference extends Difference<string> {
  /** Holm's adjusted p-value; null where the difference is untested. */
  adjusted: number | null;
  /** Half the width of its simultaneous interval; null where untested. */
  simultaneous: number | null;
  /** Whether the means can be told apart; null where untested, which is no verdict. */
  distinct: boolean | null;
}

/**
 * Judges a family of differences so that, if no two means differ, any of them is called distinct in
 * at most 1 − confidence of all families, however the tests depend on one another.
 *
 * p-values are adjusted by Holm's steps. Intervals are Bonferroni's, at 1 − α/m each, since those
 * that go with Holm's steps tell no more of a rejected difference than its sign; so a difference
 * may be distinct while its simultaneous interval still touches 0. Untested differences do not count
 * in m.
 */
export function judgeFamily(
  differences: readonly Difference<string>[],
  confidence = 0.95,
): JudgedDifference[] {
  const adjusted = holm(differences.map(({ probability }) => probability));
  const tested = adjusted.filter((p) => p !== null).length;
  const alpha = 1 - confidence;
  return differences.map((difference, place) => {
    const { standardError, freedom } = difference;
    const p = adjusted[place];
    const none = standardError === null || freedom === null || p === null;
    const simultaneous = none ? null : studentCritical(alpha / tested, freedom) * standardError;
    return { ...difference, adjusted: p, simultaneous, distinct: p === null ? null : p <= alpha };
  });
}

/**
 * Holm's adjusted p-values: the i-th smallest of m times m − i + 1, but no less than the one before
 * it and no more than 1.
 *
 * Source: Holm, "A simple sequentially rejective multiple test procedure", 1979; adjusted as by
 * Wright, "Adjusted p-values for simultaneous inference", 1992.
 *
 * @param probabilities each from 0 to 1, in any order; null for a test that could not be done
 */
export function holm(probabilities: readonly (number | null)[]): (number | null)[] {
  const known = probabilities
    .map((p, place) => ({ p, place }))
    .filter((one): one is { p: number; place: number } => one.p !== null)
    .sort((one, other) => one.p - other.p);
  const adjusted = probabilities.map((): number | null => null);
  let least = 0;
  known.forEach(({ p, place }, rank) => {
    least = Math.min(1, Math.max(least, (known.length - rank) * p));
    adjusted[place] = least;
  });
  return adjusted;
}
