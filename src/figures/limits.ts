import { quantile } from 'simple-statistics';
import type { Embedding } from '../analysis/embedding.ts';
import { option, RequestError } from '../errors.ts';

/** A square of the feature plane: its middle and half its side. */
export interface Square {
  x: number;
  y: number;
  half: number;
}

/** Share of the samples beyond either end of an axis that need not be seen. */
const tail = 0.001;

/** The whole cloud is shown if it needs no more than this many times the room of its body. */
const generosity = 1.25;

/**
 * The square that shows several 2-D embeddings on one scale: along each axis the largest range of
 * any of them, or, if a few outliers would shrink everything, without 0.1 % of the samples at
 * either end. x and y have the same unit, so angles and distances look as they are.
 *
 * @throws RequestError if an embedding is not 2-D or is empty
 */
export function sharedSquare(embeddings: readonly Embedding[]): Square {
  for (const embedding of embeddings) checkPlane(embedding);
  const body = squareBetween(embeddings, tail);
  const whole = squareBetween(embeddings, 0);
  const { x, y, half } = whole.half <= generosity * body.half ? whole : body;
  return { x, y, half: 1.06 * half || 1 };
}

/** How many samples lie outside the square. */
export function countOutside({ features, count }: Embedding, { x, y, half }: Square): number {
  let outside = 0;
  for (let i = 0; i < count; i++) {
    const reach = Math.max(Math.abs(features[2 * i] - x), Math.abs(features[2 * i + 1] - y));
    if (reach > half) outside++;
  }
  return outside;
}

/** Round numbers between low and high, about `wanted` of them: steps of 1, 2 or 5 times 10ⁿ. */
export function roundTicks(low: number, high: number, wanted = 4): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * nearestFactor(rough / power);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The one of 1, 2, 5 and 10 nearest to a number between 1 and 10, by ratio. */
function nearestFactor(value: number): number {
  if (value < Math.sqrt(2)) return 1;
  if (value < Math.sqrt(10)) return 2;
  return value < Math.sqrt(50) ? 5 : 10;
}

function checkPlane({ dimensions, count }: Embedding): void {
  if (dimensions === 2 && count > 0) return;
  throw new RequestError(
    `embedding of ${count} samples in ${dimensions} dimensions: only a 2-D embedding with samples ` +
      `can be drawn; train with ${option('features')} 2`,
  );
}

function squareBetween(embeddings: readonly Embedding[], share: number): Square {
  const [left, right] = extent(embeddings, 0, share);
  const [bottom, top] = extent(embeddings, 1, share);
  const half = Math.max(right - left, top - bottom) / 2;
  return { x: (left + right) / 2, y: (bottom + top) / 2, half };
}

function extent(embeddings: readonly Embedding[], axis: 0 | 1, share: number): [number, number] {
  const ends = embeddings.map(({ features, count }) => {
    const values = Array.from({ length: count }, (_, i) => features[2 * i + axis]);
    return [quantile(values, share), quantile(values, 1 - share)];
  });
  return [Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))];
}
