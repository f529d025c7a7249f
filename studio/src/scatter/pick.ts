import { polygonContains } from 'd3-polygon';
import type { Embedding } from '../../../src/analysis/embedding.ts';
import type { Point } from './view.ts';

/** The samples of a plane: a 2-D embedding. */
export type Cloud = Embedding;

/**
 * The sample nearest to a point of the plane, or null where none is within `reach`. A scan of
 * 60,000 samples takes a tenth of a millisecond, so there is no index to keep.
 */
export function nearestSample(cloud: Cloud, { x, y }: Point, reach: number): number | null {
  let nearest: number | null = null;
  let least = reach ** 2;
  for (let sample = 0; sample < cloud.count; sample++) {
    const dx = cloud.features[2 * sample] - x;
    const dy = cloud.features[2 * sample + 1] - y;
    const square = dx * dx + dy * dy;
    if (square > least) continue;
    least = square;
    nearest = sample;
  }
  return nearest;
}

/** The samples inside a polygon of the plane, in their order. */
export function samplesWithin(cloud: Cloud, polygon: readonly Point[]): number[] {
  if (polygon.length < 3) return [];
  const corners = polygon.map(({ x, y }): [number, number] => [x, y]);
  const xs = polygon.map(({ x }) => x);
  const ys = polygon.map(({ y }) => y);
  const [left, right, low, high] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.min(...ys),
    Math.max(...ys),
  ];
  const inside: number[] = [];
  for (let sample = 0; sample < cloud.count; sample++) {
    const x = cloud.features[2 * sample];
    const y = cloud.features[2 * sample + 1];
    if (x < left || x > right || y < low || y > high) continue;
    if (polygonContains(corners, [x, y])) inside.push(sample);
  }
  return inside;
}
