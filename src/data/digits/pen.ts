import type { Point, Stroke } from './glyphs.ts';

const piecesPerArc = 4;

/**
 * The polyline a pen draws through a stroke's points: a Catmull-Rom spline, so a doubled point is
 * a corner. Same units as the points.
 */
export function penPath(stroke: Stroke): Point[] {
  const path: Point[] = [stroke[0]];
  for (let arc = 0; arc + 1 < stroke.length; arc++) {
    const knots = [-1, 0, 1, 2].map((step) => knot(stroke, arc + step));
    if (isSame(knots[1], knots[2])) continue;
    for (let piece = 1; piece <= piecesPerArc; piece++) {
      path.push(splinePoint(knots, piece / piecesPerArc));
    }
  }
  return path;
}

function knot(stroke: Stroke, index: number): Point {
  return stroke[Math.min(Math.max(index, 0), stroke.length - 1)];
}

function isSame(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The point at t in 0…1 of the arc between the second and third of four knots. */
function splinePoint(knots: Point[], t: number): Point {
  const weights = [
    (-t + 2 * t * t - t * t * t) / 2,
    (2 - 5 * t * t + 3 * t * t * t) / 2,
    (t + 4 * t * t - 3 * t * t * t) / 2,
    (-t * t + t * t * t) / 2,
  ];
  const along = (axis: 0 | 1) =>
    weights.reduce((sum, weight, index) => sum + weight * knots[index][axis], 0);
  return [along(0), along(1)];
}
