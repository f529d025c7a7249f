import { meanOf } from '../statistics/estimate.ts';
import { classCentres, largestLength, withoutRounding } from './centres.ts';
import type { Embedding } from './embedding.ts';
import { dot } from './unit.ts';

/** How widely and how evenly the class centres are spread. */
export interface Dispersion {
  /** Angles between neighbouring centres in degrees, seen from the centroid of the centres. */
  angles: number[];
  /** Smallest angle: the worst separated neighbours; null with fewer than two directions. */
  minimum: number | null;
  mean: number | null;
  /** Population deviation of the angles: 0 for a symmetric arrangement. */
  deviation: number | null;
  /** Smallest over largest eigenvalue of the centres' scatter; null but in the plane. */
  isotropy: number | null;
}

/**
 * Dispersion and symmetry of the classes (paper, sections 2.2 and 3.1: "a large angle between
 * neighboring classes, and ideally symmetrically distributed"). With o = mean of the class
 * centres c_k, every class has the direction u_k = (c_k − o) / ‖c_k − o‖; a centre that coincides
 * with o has none and is left out.
 *
 * In the plane, the neighbours of a class are the next directions on either side, and the angles
 * are the K gaps around the circle: their sum, and so their mean, is fixed at 360° and 360°/K;
 * minimum and deviation tell. In more dimensions the angle of class k is that to its nearest
 * direction, min_j arccos(u_k · u_j), and the mean tells too.
 *
 * Isotropy is λ_min / λ_max of S = Σ_k (c_k − o)(c_k − o)ᵀ: 1 where the centres spread alike in
 * all directions, 0 where they lie on a line. It is given in the plane only, for with more
 * dimensions than classes S always has an eigenvalue 0.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function dispersion(embedding: Embedding): Dispersion {
  const offsets = centredCentres(embedding);
  const directions = offsets.filter((offset) => norm(offset) > 0).map(normalise);
  const angles = embedding.dimensions === 2 ? gapsAround(directions) : nearestAngles(directions);
  const isotropy = embedding.dimensions === 2 ? eigenvalueRatio(offsets) : null;
  return { angles, ...spread(angles), isotropy };
}

function centredCentres(embedding: Embedding): number[][] {
  const centres = classCentres(embedding).filter((centre) => centre !== null);
  const centroid = Array.from(
    { length: embedding.dimensions },
    (_, d) => centres.reduce((sum, centre) => sum + centre[d], 0) / centres.length,
  );
  const scale = largestLength(centres);
  return centres.map((centre) =>
    withoutRounding(
      centre.map((value, d) => value - centroid[d]),
      scale,
    ),
  );
}

function gapsAround(directions: readonly number[][]): number[] {
  if (directions.length < 2) return [];
  const polar = directions.map(([x, y]) => degrees(Math.atan2(y, x))).sort((a, b) => a - b);
  return polar.map((angle, i) => (polar[i + 1] ?? polar[0] + 360) - angle);
}

function nearestAngles(directions: readonly number[][]): number[] {
  if (directions.length < 2) return [];
  return directions.map((own) => {
    const cosines = directions.filter((other) => other !== own).map((other) => dot(own, other));
    return degrees(Math.acos(Math.max(-1, Math.min(1, Math.max(...cosines)))));
  });
}

function spread(angles: readonly number[]): Pick<Dispersion, 'minimum' | 'mean' | 'deviation'> {
  if (angles.length === 0) return { minimum: null, mean: null, deviation: null };
  const mean = meanOf(angles);
  const variance = meanOf(angles.map((angle) => (angle - mean) ** 2));
  return { minimum: Math.min(...angles), mean, deviation: Math.sqrt(variance) };
}

function eigenvalueRatio(offsets: readonly number[][]): number | null {
  const xx = offsets.reduce((sum, [x]) => sum + x * x, 0);
  const yy = offsets.reduce((sum, [, y]) => sum + y * y, 0);
  const xy = offsets.reduce((sum, [x, y]) => sum + x * y, 0);
  if (xx + yy === 0) return null;
  const root = Math.hypot(xx - yy, 2 * xy);
  return (xx + yy - root) / (xx + yy + root);
}

function normalise(vector: readonly number[]): number[] {
  return vector.map((value) => value / norm(vector));
}

function norm(vector: readonly number[]): number {
  return Math.hypot(...vector);
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
