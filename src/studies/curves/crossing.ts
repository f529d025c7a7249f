import { quantileSorted } from 'simple-statistics';
import { randomStream } from '../../random/index.ts';
import { meanOf } from '../../statistics/estimate.ts';

/** Where a difference along an axis, of training images or epochs, changes its sign. */
export interface Crossing {
  /** On the axis; null where the means have no two signs. */
  at: number | null;
  /** The middle 95 % of resamples that cross; null where none does, and of one seed. */
  low: number | null;
  high: number | null;
  /** Share of the resamples without a crossing; null of one seed, which has no other resample. */
  without: number | null;
}

const resamples = 2_000;

/**
 * Where the mean difference of paired runs first changes its sign, between two points along a straight
 * line over the logarithm of the axis; and how sure that is, by a bootstrap of the pairs at every point.
 * Of a few seeds such a bootstrap is too sure of itself. A mean of 0 has no sign: a curve that only touches
 * another does not cross it.
 *
 * @param points of the axis, above 0, rising
 * @param differences at every point those of its seeds, in any unit
 */
export function crossing(
  points: readonly number[],
  differences: readonly (readonly number[])[],
): Crossing {
  const at = signChange(points, differences.map(meanOf));
  if (differences.some(({ length }) => length < 2))
    return { at, low: null, high: null, without: null };
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
    ...{ at, low: quantile(0.025), high: quantile(0.975) },
    without: 1 - found.length / resamples,
  };
}

/** The first place where the line through the means is 0, between means of either sign. */
function signChange(points: readonly number[], means: readonly number[]): number | null {
  const signed = [...means.keys()].filter((k) => means[k] !== 0);
  const before = signed.find((k, place) => means[k] * means[signed[place + 1]] < 0);
  if (before === undefined) return null;
  const [left, right] = [means[before], means[before + 1]];
  const [from, to] = [points[before], points[before + 1]].map(Math.log);
  return Math.exp(from + ((to - from) * left) / (left - right));
}
