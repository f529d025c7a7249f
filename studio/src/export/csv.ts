import { csvFormatRows } from 'd3-dsv';

/** A value of a table. */
export type Cell = string | number | null;

/** Rows as comma-separated values (RFC 4180): a heading, then a line a row. */
export function csvText(heading: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map((cell) => String(cell ?? '')));
  return `${csvFormatRows([[...heading], ...texts])}\n`;
}
