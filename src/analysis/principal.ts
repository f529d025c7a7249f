import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { RequestError } from '../errors.ts';
import { checkSameSpace, type Embedding, samplesByClass } from './embedding.ts';
import { meanFeature, pointing, project } from './plane.ts';

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
  const origin = meanFeature(embedding);
  const { values, vectors } = eigen(covariance(embedding, origin));
  const plane = { origin, axes: pointing(Float32Array.of(...vectors[0], ...vectors[1])) };
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const shareOf = (value: number): number => (total > 0 ? (100 * Math.max(0, value)) / total : 0);
  return {
    shares: [shareOf(values[0]), shareOf(values[1])],
    project(other) {
      checkSameSpace(embedding, other);
      return { ...other, dimensions: 2, features: project(other, plane) };
    },
  };
}

function covariance({ features, dimensions, count }: Embedding, mean: Float32Array): Matrix {
  const samples = Matrix.from1DArray(count, dimensions, Array.from(features));
  const centred = samples.subRowVector(Array.from(mean));
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
