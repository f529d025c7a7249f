/** How the classes' sizes weigh in the loss. */
export type ClassWeighting = 'inverse' | 'effective';

/** How unequal classes are. */
export interface ClassBalance {
  /** Samples of every class. */
  counts: number[];
  /** Samples of the largest class over those of the smallest that has any; null without samples. */
  ratio: number | null;
  /** Whether the ratio is above 3, or a class has no samples: accuracy then says little. */
  unequal: boolean;
}

/** Classes that differ by more than this are worth a warning. */
const mostRatio = 3;

/** Counts the samples of every class and says whether they differ much. */
export function classBalance(labels: ArrayLike<number>, classes: number): ClassBalance {
  const counts = countClasses(labels, classes);
  const present = counts.filter((count) => count > 0);
  const ratio = present.length === 0 ? null : Math.max(...present) / Math.min(...present);
  const unequal = ratio !== null && (ratio > mostRatio || present.length < classes);
  return { counts, ratio, unequal };
}

/**
 * A weight for each class's share of the loss, such that their mean over the samples is 1, which leaves
 * the learning rate's meaning as it is. A class without samples weighs 0.
 *
 * - `inverse`: 1 / n_k, every class has the same share of the loss;
 * - `effective`: (1 − β) / (1 − β^n_k), with β = 1 − 1 / N of N samples, milder where n_k is large.
 *
 * Source of the latter: Cui, Jia, Lin, Song and Belongie, "Class-balanced loss based on effective number
 * of samples", CVPR 2019, eq. 4.
 *
 * @param counts samples of every class
 * @param volume N of `effective`: how many samples the data could tell apart; all of them unless given
 */
export function classWeights(
  counts: readonly number[],
  weighting: ClassWeighting,
  volume = counts.reduce((sum, count) => sum + count, 0),
): number[] {
  const raw = counts.map((count) => {
    if (count === 0) return 0;
    return 1 / (weighting === 'inverse' ? count : effectiveNumber(count, volume));
  });
  const samples = counts.reduce((sum, count) => sum + count, 0);
  const total = raw.reduce((sum, weight, k) => sum + weight * counts[k], 0);
  return raw.map((weight) => (samples === 0 ? 0 : (weight * samples) / total));
}

/** (1 − β^n) / (1 − β) with β = 1 − 1/N: n for few samples of a large volume, N for many. */
function effectiveNumber(count: number, volume: number): number {
  return volume <= 1 ? 1 : -volume * Math.expm1(count * Math.log1p(-1 / volume));
}

/** The samples of every class, [classes]. */
export function countClasses(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let sample = 0; sample < labels.length; sample++) counts[labels[sample]]++;
  return counts;
}
