/** Where the entries of a legend stand, from its left edge and its top row on. */
export interface LegendPlaces {
  places: { x: number; row: number }[];
  rows: number;
  width: number;
}

/**
 * Places entries in one row where they fit, else in columns of one width, read downwards.
 *
 * @param widths of the entries, each at most `room`
 * @param space between two in a row
 */
export function legendPlaces(widths: readonly number[], room: number, space: number): LegendPlaces {
  const starts = widths.map((_, k) =>
    widths.slice(0, k).reduce((sum, own) => sum + own + space, 0),
  );
  const line = (starts.at(-1) ?? 0) + (widths.at(-1) ?? 0);
  if (line <= room) return { places: starts.map((x) => ({ x, row: 0 })), rows: 1, width: line };
  const pitch = Math.max(...widths) + space;
  const rows = Math.ceil(widths.length / Math.max(1, Math.floor((room + space) / pitch)));
  const places = widths.map((_, k) => ({ x: Math.floor(k / rows) * pitch, row: k % rows }));
  return { places, rows, width: Math.ceil(widths.length / rows) * pitch - space };
}
