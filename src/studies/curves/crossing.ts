import { quantileSorted } from 'simple-statistics';
import { randomStream } from '../../random/index.ts';
import { meanOf } from '../../statistics/estimate.ts';

/** Where a difference along an axis, of training images or epochs, changes its sign. */
export interface Crossing {
  /** On the axis; null where the means have one sign at all its points. */
  at: number | null;
  /** The middle 95 % of resamples that cross; null where none does. */
  low: number | null;
  high: number | null;
  /** Share of the resamples without a crossing. */
  without: number;
}

const resamples = 2_000;

/**
 * Where the mean difference of paired runs first changes its sign, between two points along a straight
 * line over the logarithm of the axis; and how sure that is, by a bootstrap of the pairs at every point.
 * Of a few seeds such a bootstrap is too sure of itself.
 *
 * @param points of the axis, above 0, rising
 * @param differences at every point those of its seeds, in any unit
 */
export function crossing(
  points: readonly number[],
  differences: readonly (readonly number[])[],
): Crossing {
  const stream = randomStream(1, 'studies/samples/crossing');
  const drawn = Array.from({ length: resamples }, () =>
    signChange(
      points,
      differences.map((own) => meanOf(own.map(() => own[stream.integer(own.length)]))),
    ),
  );
  const found = drawn.filter((at) => at !== null).sort((a, b) => a - b);
  const quantile = (level: number) => (found.length > 0 ? quantileSorted(found, level) : null);
  return {
    at: signChange(points, differences.map(meanOf)),
    ...{ low: quantile(0.025), high: quantile(0.975) },
    without: 1 - found.length / resamples,
  };
}

/** The first place between two points where the line through the means is 0. */
function signChange(points: readonly number[], means: readonly number[]): number | null {
  const after = means.findIndex((mean, k) => k > 0 && Math.sign(mean) !== Math.sign(means[k - 1]));
  if (after < 0) return null;
  const [left, right] = [means[after - 1], means[after]];
  const [from, to] = [points[after - 1], points[after]].map(Math.log);
  return Math.exp(from + ((to - from) * left) / (left - right));
}
