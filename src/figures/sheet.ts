import type { Embedding } from '../analysis/embedding.ts';
import { classMarks, drawLegend, layOutLegend } from './classLegend.ts';
import type { Square } from './limits.ts';
import { drawPanel } from './panel.ts';
import type { Pen } from './pen.ts';
import type { Box } from './scatter.ts';
import { panelLetter, theme } from './theme.ts';

/** Panels in columns, each column on one scale under its own heading. */
export interface Sheet {
  columns: { heading: string; subheading: string; embeddings: Embedding[]; square: Square }[];
  /** Written beside the rows; none for a single row. */
  rowNames: string[];
  classNames: readonly string[];
  /** Written below every column: what lies along the horizontal axis, where that needs a name. */
  axisName?: string;
}

const panelSize = 260;
const gap = { x: 44, y: 16 };
const margin = { right: 14, top: 58, axis: 28, axisName: 18, bottom: 8 };

/** Pixels of the picture to a unit of the drawing: crisp on dense screens and in print. */
const resolution = 2;

/** A canvas of this many pixels, to be drawn on by a pen from it. */
export interface Paper<Canvas> {
  canvas: Canvas;
  pen: Pen;
}

/**
 * Draws a sheet, letters its panels row by row.
 *
 * @param open gives a canvas of any size; the first one only measures text
 * @returns the canvas with the finished sheet
 */
export function paintSheet<Canvas>(
  sheet: Sheet,
  open: (width: number, height: number) => Paper<Canvas>,
): Canvas {
  const { width, bottom, below } = extentOf(sheet);
  const legend = layOutLegend(open(1, 1).pen, sheet.classNames, width - 40);
  const height = below + legend.height + margin.bottom;
  const { canvas, pen } = open(width * resolution, height * resolution);
  pen.scale(resolution, resolution);
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, width, height);
  drawPanels(pen, sheet);
  drawHeadings(pen, sheet);
  drawRowNames(pen, sheet);
  drawAxisNames(pen, sheet, bottom + margin.axis);
  drawLegend(pen, legend, width / 2, below);
  return canvas;
}

function drawPanels(context: Pen, sheet: Sheet): void {
  const marks = classMarks(sheet.classNames);
  sheet.columns.forEach(({ embeddings, square }, column) => {
    embeddings.forEach((embedding, row) => {
      const letter = panelLetter(row * sheet.columns.length + column);
      const box = boxAt(sheet, column, row);
      const numbersBelow = row === embeddings.length - 1;
      drawPanel(context, { letter, embedding, square, box, marks, numbersBelow });
    });
  });
}

function drawHeadings(context: Pen, sheet: Sheet): void {
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  sheet.columns.forEach(({ heading, subheading }, column) => {
    const middle = boxAt(sheet, column, 0).x + panelSize / 2;
    write(context, heading, middle, 26, `600 15px ${theme.fontFamily}`, theme.ink);
    write(context, subheading, middle, 46, `13px ${theme.fontFamily}`, theme.faint);
  });
}

function drawRowNames(context: Pen, sheet: Sheet): void {
  sheet.rowNames.forEach((name, row) => {
    context.save();
    context.translate(20, boxAt(sheet, 0, row).y + panelSize / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    write(context, name, 0, 0, `13px ${theme.fontFamily}`, theme.faint);
    context.restore();
  });
}

function drawAxisNames(context: Pen, sheet: Sheet, y: number): void {
  context.textAlign = 'center';
  sheet.columns.forEach((_, column) => {
    const middle = boxAt(sheet, column, 0).x + panelSize / 2;
    write(context, sheet.axisName ?? '', middle, y + 6, `13px ${theme.fontFamily}`, theme.faint);
  });
}

function write(
  context: Pen,
  text: string,
  x: number,
  y: number,
  font: string,
  colour: string,
): void {
  context.font = font;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** The width of the sheet, where its lowest panels end, and where the words below them do. */
function extentOf(sheet: Sheet): { width: number; bottom: number; below: number } {
  const rows = Math.max(...sheet.columns.map(({ embeddings }) => embeddings.length));
  const last = boxAt(sheet, sheet.columns.length - 1, rows - 1);
  const bottom = last.y + panelSize;
  const below = bottom + margin.axis + (sheet.axisName ? margin.axisName : 0);
  return { width: last.x + panelSize + margin.right, bottom, below };
}

function boxAt(sheet: Sheet, column: number, row: number): Box {
  const left = sheet.rowNames.length > 0 ? 66 : 44;
  const x = left + column * (panelSize + gap.x);
  return { x, y: margin.top + row * (panelSize + gap.y), size: panelSize };
}
