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
