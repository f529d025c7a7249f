import { type Embedding, samplesByClass } from './embedding.ts';

/** The mean feature of a class, [dimensions]; null for a class without samples. */
export type Centre = number[] | null;

/**
 * The class centre vectors, [classes]: c_k = (1/n_k) Σ x_i over the n_k samples with label k, the
 * centres of the paper's section 3.1.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function classCentres(embedding: Embedding): Centre[] {
  return samplesByClass(embedding).map((samples) => meanOf(embedding, samples));
}

/**
 * The Euclidean distances ‖x_i − c_k‖ of each class's samples to the centre of their class,
 * [classes][samples of the class] in the embedding's order.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function distancesToCentres(embedding: Embedding): number[][] {
  return samplesByClass(embedding).map((samples) => {
    const centre = meanOf(embedding, samples);
    return centre ? samples.map((sample) => distance(embedding, sample, centre)) : [];
  });
}

/**
 * The difference of two means, or zeros where it is only the rounding of their sums: so that centres
 * which coincide do so for every order of summing.
 *
 * @param scale the largest distance from the origin of what was summed
 */
export function withoutRounding(difference: number[], scale: number): number[] {
  return Math.hypot(...difference) > 1e-10 * scale ? difference : difference.map(() => 0);
}

/** The largest length of some centres. */
export const largestLength = (centres: readonly Centre[]): number =>
  centres.reduce((largest, centre) => Math.max(largest, Math.hypot(...(centre ?? []))), 0);

function meanOf({ features, dimensions }: Embedding, samples: readonly number[]): Centre {
  if (samples.length === 0) return null;
  const sum = new Array<number>(dimensions).fill(0);
  for (const sample of samples) {
    for (let d = 0; d < dimensions; d++) sum[d] += features[sample * dimensions + d];
  }
  return sum.map((value) => value / samples.length);
}

function distance({ features, dimensions }: Embedding, sample: number, centre: number[]): number {
  let square = 0;
  for (let d = 0; d < dimensions; d++) {
    square += (features[sample * dimensions + d] - centre[d]) ** 2;
  }
  return Math.sqrt(square);
}
