import { quantileSorted } from 'simple-statistics';
import { randomStream } from '../../random/index.ts';
import { meanOf } from '../../statistics/estimate.ts';

/** Where a difference that depends on the number of samples changes its sign. */
export interface Crossing {
  /** Samples; null where the means have one sign at all sizes. */
  at: number | null;
  /** The middle 95 % of resamples that cross; null where none does. */
  low: number | null;
  high: number | null;
  /** Share of the resamples without a crossing. */
  without: number;
}

const resamples = 2_000;

/**
 * Where the mean difference of paired runs first changes its sign, between two sizes along a straight
 * line over the logarithm of the size; and how sure that is, by a bootstrap of the pairs of every size.
 * Of a few seeds such a bootstrap is too sure of itself.
 *
 * @param sizes rising
 * @param differences of every size those of its seeds, in any unit
 */
export function crossing(
  sizes: readonly number[],
  differences: readonly (readonly number[])[],
): Crossing {
  const stream = randomStream(1, 'studies/samples/crossing');
  const drawn = Array.from({ length: resamples }, () =>
    signChange(
      sizes,
      differences.map((own) => meanOf(own.map(() => own[stream.integer(own.length)]))),
    ),
  );
  const found = drawn.filter((at) => at !== null).sort((a, b) => a - b);
  const quantile = (level: number) => (found.length > 0 ? quantileSorted(found, level) : null);
  return {
    at: signChange(sizes, differences.map(meanOf)),
    ...{ low: quantile(0.025), high: quantile(0.975) },
    without: 1 - found.length / resamples,
  };
}

/** The first size between two of the given ones where the line through the means is 0. */
function signChange(sizes: readonly number[], means: readonly number[]): number | null {
  const after = means.findIndex((mean, k) => k > 0 && Math.sign(mean) !== Math.sign(means[k - 1]));
  if (after < 0) return null;
  const [left, right] = [means[after - 1], means[after]];
  const [from, to] = [sizes[after - 1], sizes[after]].map(Math.log);
  return Math.exp(from + ((to - from) * left) / (left - right));
}
