import type { LineStyle } from '../../../src/figures/palette.ts';

/** One line of a chart. */
export interface Line {
  name: string;
  style: LineStyle;
  x: readonly number[];
  y: readonly number[];
  /** Thin and pale, for noisy lines behind smooth ones. */
  faint?: boolean;
}

/** Lines over one column of all their x values in order; null where a line has no value. */
export function alignLines(lines: readonly Line[]): [number[], ...(number | null)[][]] {
  const places = [...new Set(lines.flatMap(({ x }) => x))].sort((a, b) => a - b);
  const columns = lines.map(({ x, y }) => {
    const values = new Map(x.map((place, i) => [place, y[i]]));
    return places.map((place) => values.get(place) ?? null);
  });
  return [places, ...columns];
}
