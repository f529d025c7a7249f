import type { Square } from '../../../src/figures/limits.ts';
import type { Box } from '../../../src/figures/scatter.ts';

/** A place in a panel, in its pixels. */
export interface Point {
  x: number;
  y: number;
}

/** Where a point of the feature plane lies in the panel's box; y grows upward in the plane. */
export function toPixels(square: Square, box: Box, x: number, y: number): Point {
  const unit = box.size / (2 * square.half);
  return {
    x: box.x + (x - square.x + square.half) * unit,
    y: box.y + (square.y + square.half - y) * unit,
  };
}

/** The inverse of `toPixels`. */
export function toPlane(square: Square, box: Box, { x, y }: Point): Point {
  const unit = (2 * square.half) / box.size;
  return {
    x: square.x - square.half + (x - box.x) * unit,
    y: square.y + square.half - (y - box.y) * unit,
  };
}

/** Zooms by a factor above 1 to come nearer; the point under the pointer stays under it. */
export function zoomAt(square: Square, box: Box, at: Point, factor: number): Square {
  const fixed = toPlane(square, box, at);
  return {
    x: fixed.x + (square.x - fixed.x) / factor,
    y: fixed.y + (square.y - fixed.y) / factor,
    half: square.half / factor,
  };
}

/** Moves the view with a pointer that went from one place to another. */
export function panBy(square: Square, box: Box, from: Point, to: Point): Square {
  const unit = (2 * square.half) / box.size;
  return { ...square, x: square.x - (to.x - from.x) * unit, y: square.y + (to.y - from.y) * unit };
}

/** The view a share `t` of the way from one to another. */
export function between(from: Square, to: Square, t: number): Square {
  const mix = (a: number, b: number) => a + (b - a) * t;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), half: mix(from.half, to.half) };
}
