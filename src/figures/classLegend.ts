import { classColour } from './palette.ts';
import type { Pen, PlainPen } from './pen.ts';
import { theme } from './theme.ts';

/** A dot and a name for every class, in as many centred lines as the width asks for. */
export interface ClassLegend {
  lines: Entry[][];
  height: number;
}

interface Entry {
  text: string;
  colour: string;
  width: number;
}

const font = `13px ${theme.fontFamily}`;
const lineHeight = 24;
const dot = { radius: 5, space: 15 };
const space = 18;

/** What stands on a class's centre: its name if that is short, else its number. */
export function classMarks(names: readonly string[]): string[] {
  return names.map((name, k) => (name.length <= 2 ? name : String(k)));
}

/** Breaks the legend of the classes into lines no wider than `width`. */
export function layOutLegend(pen: Pen, names: readonly string[], width: number): ClassLegend {
  const lines: Entry[][] = [[]];
  for (const entry of entries(pen, names)) {
    const line = lines[lines.length - 1];
    if (line.length > 0 && lineWidth([...line, entry]) > width) lines.push([entry]);
    else line.push(entry);
  }
  return { lines, height: lines.length * lineHeight };
}

/** Draws the legend around a vertical middle line, from `top` down. */
export function drawLegend(
  context: PlainPen,
  legend: ClassLegend,
  middle: number,
  top: number,
): void {
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  legend.lines.forEach((line, row) => {
    const y = top + (row + 0.5) * lineHeight;
    let x = middle - lineWidth(line) / 2;
    for (const entry of line) {
      drawEntry(context, entry, x, y);
      x += entry.width + space;
    }
  });
}

function entries(pen: Pen, names: readonly string[]): Entry[] {
  pen.font = font;
  const marks = classMarks(names);
  return names.map((name, k) => {
    const text = name === marks[k] ? name : `${marks[k]} ${name}`;
    return { text, colour: classColour(k), width: dot.space + pen.measureText(text).width };
  });
}

function lineWidth(line: readonly Entry[]): number {
  return line.reduce((sum, { width }) => sum + width + space, -space);
}

function drawEntry(context: PlainPen, entry: Entry, x: number, y: number): void {
  context.beginPath();
  context.arc(x + dot.radius, y, dot.radius, 0, 2 * Math.PI);
  context.fillStyle = entry.colour;
  context.fill();
  context.fillStyle = theme.ink;
  context.fillText(entry.text, x + dot.space, y + 0.5);
}
