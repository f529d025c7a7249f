import { polygonArea, polygonHull } from 'd3-polygon';
import { quantile } from 'simple-statistics';
import { checkSameSamples, type Embedding, samplesByClass } from './embedding.ts';

type Point = [number, number];

/** Why a cloud has no area. */
export type NoArea = 'not two dimensions' | 'fewer than four samples' | 'on a line';

/** How far the train mode spreads each class beyond its evaluate-mode cloud. */
export interface Coverage {
  /** Area of the train-mode cloud over that of the evaluate-mode one; null where undefined. */
  perClass: (number | null)[];
  /** Why a class has no ratio, of the evaluate mode if of both; null where it has one. */
  flat: (NoArea | null)[];
  /** Geometric mean over the classes that have a ratio; null if none has. */
  mean: number | null;
}

/** Share of a class's samples that its area covers. */
const bodyShare = 0.95;

/**
 * Coverage (paper, section 3.1: "shaking has expanded the coverage of each class"), for class k
 *
 *     coverage_k = area(hull(body(x′))) / area(hull(body(x)))
 *
 * with x′ the class's training samples embedded in train mode, x the same samples in evaluate
 * mode, and body the 95 % of them nearest to the class mean in Mahalanobis distance. The hull
 * follows fans and wedges, which an ellipse would not; dropping the farthest 5 % keeps a few stray
 * samples from setting the area; the Mahalanobis distance makes the ratio the same under any
 * linear map of the plane. Above 1 the train mode covers more than the evaluate mode.
 *
 * An area needs a plane: for other than two dimensions every value is null. So is that of a class
 * with fewer than four samples, of whom three would have one distance, or with all of them on a line,
 * as far as the rounding of single precision lets one tell.
 *
 * @throws RequestError if the embeddings are damaged or are not of the same samples
 */
export function coverage(trainMode: Embedding, evaluateMode: Embedding): Coverage {
  checkSameSamples(trainMode, evaluateMode);
  const expanded = bodyAreas(trainMode);
  const ratios = bodyAreas(evaluateMode).map((area, k) => ratioOf(expanded[k], area));
  const perClass = ratios.map((ratio) => (typeof ratio === 'number' ? ratio : null));
  const flat = ratios.map((ratio) => (typeof ratio === 'number' ? null : ratio));
  return { perClass, flat, mean: geometricMean(perClass.filter((ratio) => ratio !== null)) };
}

function ratioOf(expanded: number | NoArea, area: number | NoArea): number | NoArea {
  if (typeof area !== 'number') return area;
  return typeof expanded === 'number' ? expanded / area : expanded;
}

function bodyAreas(embedding: Embedding): (number | NoArea)[] {
  const { features } = embedding;
  return samplesByClass(embedding).map((samples) => {
    if (embedding.dimensions !== 2) return 'not two dimensions';
    if (samples.length < 4) return 'fewer than four samples';
    return bodyArea(samples.map((sample) => [features[2 * sample], features[2 * sample + 1]]));
  });
}

/** Samples whose distance is the limit but for rounding belong to the body. */
function bodyArea(points: readonly Point[]): number | NoArea {
  const distances = mahalanobis(points);
  if (distances === null) return 'on a line';
  const limit = quantile(distances, bodyShare) * (1 + 1e-9);
  const hull = polygonHull(points.filter((_, i) => distances[i] <= limit));
  const area = hull ? Math.abs(polygonArea(hull)) : 0;
  return area > 0 ? area : 'on a line';
}

/** Squared distances (x − μ)ᵀ Σ⁻¹ (x − μ); null where Σ has no inverse, but for rounding. */
function mahalanobis(points: readonly Point[]): number[] | null {
  const count = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const centred = points.map(([x, y]): Point => [x - meanX, y - meanY]);
  const xx = centred.reduce((sum, [x]) => sum + x * x, 0) / count;
  const yy = centred.reduce((sum, [, y]) => sum + y * y, 0) / count;
  const xy = centred.reduce((sum, [x, y]) => sum + x * y, 0) / count;
  const determinant = xx * yy - xy * xy;
  const least = Math.max(1e-12 * (xx + yy), singleRounding(points) ** 2);
  if (determinant <= least * (xx + yy)) return null;
  return centred.map(([x, y]) => (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant);
}

/** The spacing of single-precision numbers as large as the points'. */
function singleRounding(points: readonly Point[]): number {
  const largest = points.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 0);
  return Math.max(2 ** -23 * largest, 2 ** -149);
}

function geometricMean(ratios: readonly number[]): number | null {
  if (ratios.length === 0) return null;
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
