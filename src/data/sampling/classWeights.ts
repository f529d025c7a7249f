/** How the classes' sizes weigh in the loss. */
export type ClassWeighting = 'inverse' | 'effective';

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
