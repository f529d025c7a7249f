import type { Embedding } from './embedding.ts';
import { thin } from './thin.ts';
import { unitFeatures } from './unit.ts';

/** At most so many samples are paired, to bound the time. */
const limit = 3000;

/**
 * Uniformity (Wang and Isola, ICML 2020, with t = 2): how evenly the unit features u cover the
 * sphere,
 *
 *     uniformity = log E exp(−2 ‖u_i − u_j‖²)     over all pairs i ≠ j
 *
 * 0 where all have one direction; the lower, the more even. An even circle has −1.6, a sphere of many
 * dimensions nearly −4. Of more than 3,000 samples as many are taken, evenly spaced. Null without a
 * pair.
 */
export function uniformity(embedding: Embedding): number | null {
  const { features, dimensions, count } = unitFeatures(thin(embedding, limit));
  let sum = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      let square = 0;
      for (let d = 0; d < dimensions; d++) {
        square += (features[i * dimensions + d] - features[j * dimensions + d]) ** 2;
      }
      sum += Math.exp(-2 * square);
    }
  }
  return count < 2 ? null : Math.log(sum / ((count * (count - 1)) / 2));
}
