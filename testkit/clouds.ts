import type { Embedding } from '../src/analysis/embedding.ts';

/** An embedding from points written out class by class; for tests. */
export function embeddingOf(points: readonly (readonly number[][])[], dimensions = 2): Embedding {
  const labels = points.flatMap((own, k) => own.map(() => k));
  const features = Float32Array.from(points.flat(2));
  return { features, dimensions, count: labels.length, labels, classes: points.length };
}

/** `count` points evenly around a circle. */
export function circle(x: number, y: number, radius: number, count = 64): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** `count` points of a Gaussian blob, placed by the Halton sequence: the same on every run. */
export function blob(x: number, y: number, deviation: number, count = 2000): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const radius = deviation * Math.sqrt(-2 * Math.log(halton(i + 1, 2)));
    const angle = 2 * Math.PI * halton(i + 1, 3);
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

function halton(index: number, base: number): number {
  let [result, fraction] = [0, 1];
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    fraction /= base;
    result += fraction * (rest % base);
  }
  return result;
}
