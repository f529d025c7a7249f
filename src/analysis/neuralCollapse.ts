import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';
import { meanOf } from '../statistics/estimate.ts';
import type { Embedding } from './embedding.ts';
import { betweenMatrix, type CentredClasses, centredClasses, withinMatrix } from './scatter.ts';
import { dot } from './unit.ts';

/** How far a representation has collapsed; every measure falls to 0 as it does. */
export interface NeuralCollapse {
  /** NC1, variability collapse: tr(Σ_W Σ_B⁺) / K; null where all centres coincide. */
  variability: number | null;
  /** NC2, equal norms: deviation over mean of the lengths ‖μ_k − μ_G‖. */
  norms: number | null;
  /** NC2, equal angles: deviation of the cosines between the centres' directions. */
  angles: number | null;
  /** NC2, widest angles: mean of |cos + 1 / (K − 1)|, the distance from a simplex. */
  simplex: number | null;
  /** NC3, self-duality: ‖W / ‖W‖ − M / ‖M‖‖² of class vectors and centres; null without vectors. */
  duality: number | null;
  /** NC4: percentage of samples that the nearest class centre would give another class. */
  nearestCentre: number | null;
}

/** What a classifier makes of an embedding's samples, as far as it is known. */
export interface Classifier {
  /** Its class vectors w_k, [classes][dimensions]. */
  classVectors?: ArrayLike<number> | null;
  /** The class that it gives to each sample, [count]. */
  predictions?: ArrayLike<number> | null;
}

/**
 * The four measures of neural collapse, as Papyan, Han and Donoho plot them (“Prevalence of neural
 * collapse during the terminal phase of deep learning training”, PNAS 117, 2020): NC1 in their
 * Fig. 6, NC2 in Figs. 2, 3 and 4, NC3 in Fig. 5, NC4 in Fig. 7. K counts the classes with samples.
 * Meant for training samples in evaluate mode; works in any number of dimensions, but fewer than
 * K − 1 have no room for a simplex.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function neuralCollapse(embedding: Embedding, classifier: Classifier = {}): NeuralCollapse {
  const classes = centredClasses(embedding);
  const offsets = classes.offsets.filter((offset) => offset !== null);
  const lengths = offsets.map((offset) => Math.hypot(...offset));
  const mean = meanOrNull(lengths);
  const cosines = lengths.includes(0) ? [] : pairCosines(offsets, lengths);
  const widest = -1 / (offsets.length - 1);
  return {
    variability: variabilityOf(embedding, classes),
    norms: mean ? spreadOf(lengths)! / mean : null,
    angles: spreadOf(cosines),
    simplex: meanOrNull(cosines.map((cosine) => Math.abs(cosine - widest))),
    duality: classifier.classVectors ? dualityOf(classes, classifier.classVectors) : null,
    nearestCentre: classifier.predictions
      ? disagreement(embedding, classes, classifier.predictions)
      : null,
  };
}

function variabilityOf(embedding: Embedding, classes: CentredClasses): number | null {
  const present = classes.offsets.filter((offset) => offset !== null).length;
  const inverse = pseudoInverse(betweenMatrix(classes));
  return inverse && withinMatrix(embedding).mmul(inverse).trace() / present;
}

/** The Moore–Penrose inverse of a symmetric matrix without negative eigenvalues; null of zero. */
function pseudoInverse(matrix: Matrix): Matrix | null {
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    matrix,
    { assumeSymmetric: true },
  );
  const largest = Math.max(...values);
  if (!(largest > 0)) return null;
  const scaled = vectors.clone();
  values.forEach((value, column) => {
    scaled.mulColumn(column, value > 1e-10 * largest ? 1 / value : 0);
  });
  return scaled.mmul(vectors.transpose());
}

function pairCosines(offsets: readonly number[][], lengths: readonly number[]): number[] {
  return offsets.flatMap((one, a) =>
    offsets.slice(a + 1).map((other, i) => dot(one, other) / (lengths[a] * lengths[a + 1 + i])),
  );
}

function dualityOf({ offsets }: CentredClasses, vectors: ArrayLike<number>): number | null {
  const centres = offsets.flatMap((offset) => offset ?? []);
  if (centres.length !== vectors.length) return null;
  const [ours, theirs] = [Math.hypot(...centres), Math.hypot(...Array.from(vectors))];
  if (ours === 0 || theirs === 0) return null;
  return centres.reduce((sum, value, at) => sum + (value / ours - vectors[at] / theirs) ** 2, 0);
}

function disagreement(
  { features, dimensions, count }: Embedding,
  { mean, offsets }: CentredClasses,
  predictions: ArrayLike<number>,
): number {
  const centres = offsets.map((offset) => offset?.map((value, d) => value + mean[d]));
  let differing = 0;
  for (let sample = 0; sample < count; sample++) {
    const place = features.subarray(sample * dimensions, (sample + 1) * dimensions);
    if (nearest(place, centres) !== predictions[sample]) differing++;
  }
  return (100 * differing) / count;
}

function nearest(place: Float32Array, centres: readonly (number[] | undefined)[]): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  centres.forEach((centre, k) => {
    if (!centre) return;
    const square = centre.reduce((sum, value, d) => sum + (value - place[d]) ** 2, 0);
    if (square < least) [best, least] = [k, square];
  });
  return best;
}

const meanOrNull = (values: readonly number[]): number | null =>
  values.length === 0 ? null : meanOf(values);

/** The population's deviation. */
function spreadOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
