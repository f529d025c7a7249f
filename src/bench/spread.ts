import { median } from 'simple-statistics';

/** What a repeated measurement gave. */
export interface Spread {
  median: number;
  minimum: number;
  maximum: number;
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
