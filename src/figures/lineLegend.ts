import type { LineStyle } from './palette.ts';
import { element, label } from './svg.ts';

/** What a legend tells of: a name and how it is drawn. */
export interface LegendEntry {
  name: string;
  style: LineStyle;
}

const look = { lineHeight: 22, swatch: 24, space: 15, characterWidth: 6.8 };

/** A legend of lines in as many rows as it takes, from `left` on within a width. */
export function lineLegend(
  entries: readonly LegendEntry[],
  { left, width }: { left: number; width: number },
): { height: number; elements: string[] } {
  const rows = rowsOf(entries, width - left);
  return {
    height: rows.length * look.lineHeight,
    elements: rows.flatMap((row, index) => rowElements(row, left, 22 + index * look.lineHeight)),
  };
}

function rowsOf(entries: readonly LegendEntry[], width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [[]];
  let room = width;
  for (const entry of entries) {
    if (entryWidth(entry) > room && rows[rows.length - 1].length > 0) {
      rows.push([]);
      room = width;
    }
    rows[rows.length - 1].push(entry);
    room -= entryWidth(entry);
  }
  return rows;
}

function rowElements(row: readonly LegendEntry[], left: number, y: number): string[] {
  let x = left;
  return row.map((entry) => {
    const { colour, dash } = entry.style;
    const stroke = { stroke: colour, 'stroke-width': 2.5, 'stroke-dasharray': dash || undefined };
    const swatch = element('path', { d: `M${x} ${y - 4.5}h${look.swatch}`, ...stroke });
    const name = label(x + look.swatch + 7, y, entry.name, { 'font-size': 13 });
    x += entryWidth(entry);
    return swatch + name;
  });
}

function entryWidth({ name }: LegendEntry): number {
  return look.swatch + 7 + name.length * look.characterWidth + look.space;
}
