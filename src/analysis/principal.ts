import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { RequestError } from '../errors.ts';
import { checkSameSpace, type Embedding, samplesByClass } from './embedding.ts';

/** The plane that shows most of an embedding. */
export interface PrincipalPlane {
  /** Percentage of the samples' variance that lies along either axis. */
  shares: [number, number];
  /** Puts an embedding of the same space into the plane: [count][2]. */
  project(embedding: Embedding): Embedding;
}

/**
 * The plane of the two largest principal components: the eigenvectors of the samples' covariance
 * with the largest eigenvalues. Each axis points to where its largest entry is positive, so that
 * the picture does not depend on the eigensolver's signs.
 *
 * @throws RequestError for a damaged embedding, or one of fewer than two dimensions
 */
export function principalPlane(embedding: Embedding): PrincipalPlane {
  samplesByClass(embedding);
  const { dimensions } = embedding;
  if (dimensions < 2) {
    throw new RequestError('principal components: one dimension has no plane; plot it as it is');
  }
  const mean = meanOf(embedding);
  const { values, vectors } = eigen(covariance(embedding, mean));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const axes = [vectors[0], vectors[1]].map(pointing);
  const shareOf = (value: number): number => (total > 0 ? (100 * Math.max(0, value)) / total : 0);
  return {
    shares: [shareOf(values[0]), shareOf(values[1])],
    project(other) {
      checkSameSpace(embedding, other);
      return { ...other, dimensions: 2, features: projected(other, mean, axes) };
    },
  };
}

function meanOf({ features, dimensions, count }: Embedding): number[] {
  const mean = new Array<number>(dimensions).fill(0);
  features.forEach((value, at) => {
    mean[at % dimensions] += value / count;
  });
  return mean;
}

function covariance({ features, dimensions, count }: Embedding, mean: number[]): Matrix {
  const centred = Matrix.from1DArray(count, dimensions, Array.from(features)).subRowVector(mean);
  return centred.transpose().mmul(centred).div(count);
}

/** Eigenvalues and their vectors, the largest first. */
function eigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, k) => k)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    values: order.map((k) => realEigenvalues[k]),
    vectors: order.map((k) => eigenvectorMatrix.getColumn(k)),
  };
}

function pointing(axis: number[]): number[] {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best));
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function projected(
  { features, dimensions, count }: Embedding,
  mean: number[],
  axes: number[][],
): Float32Array {
  const out = new Float32Array(2 * count);
  for (let sample = 0; sample < count; sample++) {
    axes.forEach((axis, k) => {
      out[2 * sample + k] = axis.reduce(
        (sum, value, d) => sum + value * (features[sample * dimensions + d] - mean[d]),
        0,
      );
    });
  }
  return out;
}
