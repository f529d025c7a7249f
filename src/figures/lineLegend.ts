import { fittedNames } from '../text/fit.ts';
import { legendPlaces } from './legendPlaces.ts';
import type { LineStyle } from './palette.ts';
import { element, label } from './svg.ts';
import { textWidth } from './textWidth.ts';

/** What a legend tells of: a name and how it is drawn. */
export interface LegendEntry {
  name: string;
  style: LineStyle;
}

const look = { lineHeight: 22, swatch: 24, gap: 7, space: 15, size: 13 };

/** A legend of lines in as many rows as it takes, from `left` on within a width. */
export function lineLegend(
  entries: readonly LegendEntry[],
  { left, width }: { left: number; width: number },
): { height: number; elements: string[] } {
  const [room, beside] = [width - left, look.swatch + look.gap];
  const widthOf = textWidth(look.size);
  const names = fittedNames(
    entries.map(({ name }) => name),
    room - beside,
    widthOf,
  );
  const widths = names.map((name) => beside + widthOf(name));
  const { places, rows } = legendPlaces(widths, room, look.space);
  return {
    height: rows * look.lineHeight,
    elements: entries.map(({ style: { colour, dash } }, k) => {
      const [x, y] = [left + places[k].x, 22 + places[k].row * look.lineHeight];
      const stroke = { stroke: colour, 'stroke-width': 2.5, 'stroke-dasharray': dash || undefined };
      const swatch = element('path', { d: `M${x} ${y - 4.5}h${look.swatch}`, ...stroke });
      return swatch + label(x + beside, y, names[k], { 'font-size': look.size });
    }),
  };
}
