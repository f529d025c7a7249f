import { distancesToCentres } from './centres.ts';
import { checkSameSpace, type Embedding } from './embedding.ts';

/** How much of each class lies near its centre; the curves of the paper's Fig. 5. */
export interface Compactness {
  /** Distances as fractions of the class's largest distance in train mode. */
  radius: number[];
  /** Percentage of a class's samples within each radius, mean over the classes with samples. */
  within: number[];
  /** The percentages of every class, [classes][radius]; null for a class without samples. */
  perClass: (number[] | null)[];
}

/** The radii of tables: 0.1, 0.2 … 1. */
export const tableRadii: readonly number[] = steps(10).slice(1);

/** The radii of curves: 0, 0.01 … 1. */
export const curveRadii: readonly number[] = steps(100);

/**
 * Compactness (paper, section 3.1 and Fig. 5). For class k with centres c_k of the evaluate mode
 * and c′_k of the train mode,
 *
 *     R_k = max_i ‖x′_i − c′_k‖          over train-mode embeddings x′ of the class
 *     within_k(r) = 100 · #{ i : ‖x_i − c_k‖ ≤ r · R_k } / n_k     over evaluate-mode ones x
 *
 * so a curve that rises early says that evaluation gathers the samples in a small part of the
 * region over which training spread them. Works in any number of dimensions. A class of one
 * training sample has R_k = 0.
 *
 * @param trainMode training samples embedded in train mode
 * @param evaluateMode the same samples in evaluate mode for the paper's figure, or others, such as
 *   the test samples
 * @throws RequestError if an embedding is damaged or the two are not of one net
 */
export function compactness(
  trainMode: Embedding,
  evaluateMode: Embedding,
  radii: readonly number[] = tableRadii,
): Compactness {
  checkSameSpace(trainMode, evaluateMode);
  const largest = distancesToCentres(trainMode).map((distances) => maximum(distances));
  const perClass = distancesToCentres(evaluateMode).map((own, k) =>
    own.length === 0 ? null : radii.map((radius) => percentWithin(own, radius * largest[k])),
  );
  const present = perClass.filter((curve) => curve !== null);
  return { radius: [...radii], within: radii.map((_, r) => meanAt(present, r)), perClass };
}

function percentWithin(distances: readonly number[], limit: number): number {
  let count = 0;
  for (const distance of distances) if (distance <= limit) count++;
  return (100 * count) / distances.length;
}

function meanAt(curves: readonly number[][], place: number): number {
  return curves.reduce((sum, curve) => sum + curve[place], 0) / curves.length;
}

function maximum(distances: readonly number[]): number {
  return distances.reduce((largest, distance) => Math.max(largest, distance), 0);
}

function steps(count: number): number[] {
  return Array.from({ length: count + 1 }, (_, step) => step / count);
}
