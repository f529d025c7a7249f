import { classCentres } from './centres.ts';
import { type Embedding, samplesByClass } from './embedding.ts';
import { unitFeatures } from './unit.ts';

/**
 * Alignment (Wang and Isola, “Understanding contrastive representation learning through alignment
 * and uniformity on the hypersphere”, ICML 2020, with α = 2): the mean squared distance between
 * the unit features u of two samples of one class,
 *
 *     alignment = E ‖u_i − u_j‖²     over all pairs i ≠ j with one label
 *
 * from 0, where every class has one direction, to above 2. With n samples of mean m a class's pairs
 * have the mean 2 − 2 (n ‖m‖² − 1) / (n − 1), so no pair has to be visited. Null without a pair.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function alignment(embedding: Embedding): number | null {
  const unit = unitFeatures(embedding);
  if (unit.count === 0) return null;
  const centres = classCentres(unit);
  let [sum, pairs] = [0, 0];
  samplesByClass(unit).forEach(({ length: n }, k) => {
    if (n < 2) return;
    const square = centres[k]!.reduce((total, value) => total + value * value, 0);
    const own = (n * (n - 1)) / 2;
    sum += own * (2 - (2 * (n * square - 1)) / (n - 1));
    pairs += own;
  });
  return pairs === 0 ? null : sum / pairs;
}
