import { classCentres } from '../analysis/centres.ts';
import type { Embedding } from '../analysis/embedding.ts';
import { fitted } from '../text/fit.ts';
import { type ClassLegend, classMarks, drawLegend, layOutLegend } from './classLegend.ts';
import type { Square } from './limits.ts';
import { drawAround } from './panel.ts';
import type { DotPen, Pen, PlainPen } from './pen.ts';
import { type Box, drawSamples } from './scatter.ts';
import { element, picture } from './svg.ts';
import { SvgPen } from './svgPen.ts';
import { textWidth } from './textWidth.ts';
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
/** Bold type is so much wider than plain. */
const bold = 1.16;
const gap = { x: 44, y: 16 };
const margin = { right: 14, top: 58, axis: 28, axisName: 18, bottom: 8 };

/** Pixels of the picture to a unit of the drawing: crisp on dense screens and in print. */
export const resolution = 2;

/** A canvas of this many pixels, to be drawn on by a pen from it. */
export interface Paper<Canvas, Drawing = Pen> {
  canvas: Canvas;
  pen: Drawing;
}

/** Gives a canvas of any size. */
export type OpenPaper<Canvas, Drawing = Pen> = (
  width: number,
  height: number,
) => Paper<Canvas, Drawing>;

/**
 * Draws a sheet, letters its panels row by row.
 *
 * @returns the canvas with the finished sheet
 */
export function paintSheet<Canvas>(sheet: Sheet, open: OpenPaper<Canvas>): Canvas {
  const extent = extentOf(sheet);
  const { canvas, pen } = paintDots(sheet, extent, open);
  drawAllElse(pen, sheet, extent);
  return canvas;
}

/**
 * The same as an SVG document: lines and words to be edited, above a picture of the dots, which are
 * too many to be elements.
 *
 * @param encode a canvas as a URL
 */
export async function sheetSvg<Canvas>(
  sheet: Sheet,
  open: OpenPaper<Canvas, DotPen>,
  encode: (canvas: Canvas) => string | Promise<string>,
): Promise<string> {
  const extent = extentOf(sheet);
  const { width, height } = extent;
  const dots = await encode(paintDots(sheet, extent, open).canvas);
  const pen = new SvgPen();
  drawAllElse(pen, sheet, extent);
  const title = sheet.columns.map(({ heading }) => heading).join(', ');
  const image = element('image', { width, height, href: dots });
  return picture({ width, height, title }, image, ...pen.drawn);
}

function paintDots<Canvas, Drawing extends DotPen>(
  sheet: Sheet,
  { width, height }: Extent,
  open: OpenPaper<Canvas, Drawing>,
): Paper<Canvas, Drawing> {
  const paper = open(width * resolution, height * resolution);
  const { pen } = paper;
  pen.scale(resolution, resolution);
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, width, height);
  sheet.columns.forEach(({ embeddings, square }, column) => {
    embeddings.forEach((embedding, row) => {
      drawSamples(pen, embedding, square, boxAt(sheet, column, row));
    });
  });
  return paper;
}

function drawAllElse(pen: PlainPen, sheet: Sheet, extent: Extent): void {
  drawPanels(pen, sheet);
  drawHeadings(pen, sheet);
  drawRowNames(pen, sheet);
  drawAxisNames(pen, sheet, extent.bottom + margin.axis);
  drawLegend(pen, extent.legend, extent.width / 2, extent.below);
}

function drawPanels(context: PlainPen, sheet: Sheet): void {
  const marks = classMarks(sheet.classNames);
  sheet.columns.forEach(({ embeddings, square }, column) => {
    embeddings.forEach((embedding, row) => {
      const letter = panelLetter(row * sheet.columns.length + column);
      const box = boxAt(sheet, column, row);
      const numbersBelow = row === embeddings.length - 1;
      const panel = { letter, embedding, square, box, marks, numbersBelow };
      drawAround(context, panel, classCentres(embedding));
    });
  });
}

function drawHeadings(context: PlainPen, sheet: Sheet): void {
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  sheet.columns.forEach(({ heading, subheading }, column) => {
    const middle = boxAt(sheet, column, 0).x + panelSize / 2;
    const fit = fitted(heading, panelSize + gap.x - 8, textWidth(bold * 15));
    write(context, fit, { x: middle, y: 26 }, headingLook);
    write(context, subheading, { x: middle, y: 46 }, noteLook);
  });
}

function drawRowNames(context: PlainPen, sheet: Sheet): void {
  sheet.rowNames.forEach((name, row) => {
    context.save();
    context.translate(20, boxAt(sheet, 0, row).y + panelSize / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    write(context, name, { x: 0, y: 0 }, noteLook);
    context.restore();
  });
}

function drawAxisNames(context: PlainPen, sheet: Sheet, y: number): void {
  context.textAlign = 'center';
  sheet.columns.forEach((_, column) => {
    const middle = boxAt(sheet, column, 0).x + panelSize / 2;
    write(context, sheet.axisName ?? '', { x: middle, y: y + 6 }, noteLook);
  });
}

/** How words beside panels look. */
const headingLook = { font: `600 15px ${theme.fontFamily}`, colour: theme.ink };
const noteLook = { font: `13px ${theme.fontFamily}`, colour: theme.faint };

function write(
  context: PlainPen,
  text: string,
  { x, y }: Pick<Box, 'x' | 'y'>,
  { font, colour }: typeof noteLook,
): void {
  context.font = font;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

interface Extent {
  width: number;
  height: number;
  /** Where the lowest panels end. */
  bottom: number;
  /** Where the words below them do. */
  below: number;
  legend: ClassLegend;
}

function extentOf(sheet: Sheet): Extent {
  const rows = Math.max(...sheet.columns.map(({ embeddings }) => embeddings.length));
  const last = boxAt(sheet, sheet.columns.length - 1, rows - 1);
  const width = last.x + panelSize + margin.right;
  const bottom = last.y + panelSize;
  const below = bottom + margin.axis + (sheet.axisName ? margin.axisName : 0);
  const legend = layOutLegend(sheet.classNames, width - 40);
  return { width, height: below + legend.height + margin.bottom, bottom, below, legend };
}

function boxAt(sheet: Sheet, column: number, row: number): Box {
  const left = sheet.rowNames.length > 0 ? 66 : 44;
  const x = left + column * (panelSize + gap.x);
  return { x, y: margin.top + row * (panelSize + gap.y), size: panelSize };
}
