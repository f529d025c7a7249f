import { fittedNames } from '../text/fit.ts';
import { visibleText } from '../text/visible.ts';
import { legendPlaces } from './legendPlaces.ts';
import { classColour } from './palette.ts';
import type { PlainPen } from './pen.ts';
import { textWidth } from './textWidth.ts';
import { theme } from './theme.ts';

/** A dot and a name for every class; `x` from the middle, `y` from the top. */
export interface ClassLegend {
  entries: { text: string; colour: string; x: number; y: number }[];
  height: number;
}

const size = 13;
const dot = { radius: 5, space: 15 };
const space = 18;
const longestName = 140;

/** What stands on the classes' centres: their names if all are short, else their numbers. */
export function classMarks(names: readonly string[]): string[] {
  const short = names.every((name) => /^([!-~]{1,2}|[^\p{C}\p{Z}])$/u.test(name));
  const distinct = new Set(names).size === names.length;
  return names.map((name, k) => (short && distinct ? name : String(k)));
}

/** What a legend says of the classes: the mark of each, and its name where that is another. */
export function classEntries(names: readonly string[], fit: readonly string[] = names): string[] {
  const marks = classMarks(names);
  const digits = String(names.length - 1).length;
  return fit.map((name, k) =>
    marks[k] === names[k] ? name : `${marks[k].padStart(digits, '\u2007')} ${visibleText(name)}`,
  );
}

/** Lays the legend of the classes out within a width. */
export function layOutLegend(names: readonly string[], width: number): ClassLegend {
  const widthOf = textWidth(size);
  const texts = classEntries(names, fittedNames(names, longestName, widthOf));
  const widths = texts.map((text) => dot.space + widthOf(text));
  const { places, rows, width: own } = legendPlaces(widths, width, space);
  const lineHeight = rows > 4 ? 19 : 24;
  const entries = places.map(({ x, row }, k) => ({
    text: texts[k],
    colour: classColour(k),
    x: x - own / 2,
    y: (row + 0.5) * lineHeight,
  }));
  return { entries, height: rows * lineHeight };
}

/** Draws the legend around a vertical middle line, from `top` down. */
export function drawLegend(
  context: PlainPen,
  { entries }: ClassLegend,
  middle: number,
  top: number,
): void {
  context.font = `${size}px ${theme.fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { text, colour, x, y } of entries) {
    context.beginPath();
    context.arc(middle + x + dot.radius, top + y, dot.radius, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.fillStyle = theme.ink;
    context.fillText(text, middle + x + dot.space, top + y + 0.5);
  }
}
