/** What a repeated measurement gave. */
export interface Spread {
  median: number;
  minimum: number;
  maximum: number;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param values at least one number */
export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  minimum: Math.min(...values),
  maximum: Math.max(...values),
});

/** The spread of the ratios a[i] / b[i], each of two measurements taken one after the other. */
export const ratioOf = (a: readonly number[], b: readonly number[]): Spread =>
  spreadOf(a.map((value, index) => value / b[index]));
