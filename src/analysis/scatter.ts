import { Matrix } from 'ml-matrix';
import { classCentres, largestLength, withoutRounding } from './centres.ts';
import type { Embedding } from './embedding.ts';

/** The scatter of samples about their class centres, and of the centres about the mean. */
export interface Scatter {
  /** tr Σ_W, the mean squared distance of a sample to its class centre. */
  within: number;
  /** tr Σ_B, the mean squared distance of a class centre to the mean of all samples. */
  between: number;
  /** within / between: 0 where each class is a point; null where all centres coincide. */
  ratio: number | null;
}

/** The centres of the classes that have samples, [classes][dimensions], about the mean. */
export interface CentredClasses {
  /** μ_G: the mean of all samples, [dimensions]. */
  mean: number[];
  /** μ_k − μ_G; null for a class without samples. */
  offsets: (number[] | null)[];
}

/**
 * Within- and between-class scatter, with Σ_W and Σ_B as `withinMatrix` and `betweenMatrix` give
 * them. Works in any number of dimensions.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function scatter(embedding: Embedding): Scatter {
  const within = withinMatrix(embedding).trace();
  const between = betweenMatrix(centredClasses(embedding)).trace();
  return { within, between, ratio: between > 0 ? within / between : null };
}

/** The class centres as seen from the mean of all samples. */
export function centredClasses(embedding: Embedding): CentredClasses {
  const { features, dimensions, count } = embedding;
  const mean = new Array<number>(dimensions).fill(0);
  features.forEach((value, at) => {
    mean[at % dimensions] += value / count;
  });
  const centres = classCentres(embedding);
  const scale = largestLength(centres);
  const offsets = centres.map((centre) => {
    const offset = centre?.map((value, d) => value - mean[d]);
    return offset ? withoutRounding(offset, scale) : null;
  });
  return { mean, offsets };
}

/** Σ_W = (1/N) Σ_i (x_i − μ_k(i)) (x_i − μ_k(i))ᵀ, [dimensions][dimensions]. */
export function withinMatrix(embedding: Embedding): Matrix {
  const { features, dimensions, count, labels } = embedding;
  const centres = classCentres(embedding);
  const offset = new Float64Array(dimensions);
  const sum = new Float64Array(dimensions * dimensions);
  for (let sample = 0; sample < count; sample++) {
    const centre = centres[labels[sample]]!;
    for (let d = 0; d < dimensions; d++) offset[d] = features[sample * dimensions + d] - centre[d];
    addOuterProduct(sum, offset);
  }
  return symmetric(sum, dimensions).div(count);
}

/** Σ_B = (1/K) Σ_k (μ_k − μ_G) (μ_k − μ_G)ᵀ over the K classes with samples. */
export function betweenMatrix({ mean, offsets }: CentredClasses): Matrix {
  const present = offsets.filter((offset) => offset !== null);
  const sum = new Float64Array(mean.length ** 2);
  for (const offset of present) addOuterProduct(sum, Float64Array.from(offset));
  return symmetric(sum, mean.length).div(present.length);
}

/** Adds the lower triangle of v vᵀ. */
function addOuterProduct(sum: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let row = 0; row < size; row++) {
    const value = vector[row];
    for (let column = 0; column <= row; column++)
      sum[row * size + column] += value * vector[column];
  }
}

function symmetric(lower: Float64Array, size: number): Matrix {
  const matrix = new Matrix(size, size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      matrix.set(row, column, lower[row * size + column]);
      matrix.set(column, row, lower[row * size + column]);
    }
  }
  return matrix;
}
