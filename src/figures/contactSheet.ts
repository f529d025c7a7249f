import { fitted } from '../text/fit.ts';
import { imageUrl, renderSvg } from './render.ts';
import { element, label, picture } from './svg.ts';
import { textWidth } from './textWidth.ts';
import { theme } from './theme.ts';

/** Small images under each other's classes, to see what a net is given. */
export interface ContactSheet {
  heading: string;
  size: { channels: number; height: number; width: number };
  /** each with its name and its image, [channels][height][width] bytes */
  samples: { name: string; image: Uint8Array; versions: Uint8Array[] }[];
}

/** Pixels of the picture to a pixel of an image, of large ones fewer. */
const magnificationOf = ({ height, width }: ContactSheet['size']): number =>
  Math.min(3, Math.max(1, Math.floor(192 / Math.max(height, width))));

const columns = 10;
const margin = { side: 20, top: 50, bottom: 10 };
const gap = 6;
const nameHeight = 22;

/**
 * Draws samples ten to a row, or one to a row before its versions where there are any, with their
 * names below, and encodes the sheet as PNG. One channel is shown as grey, three as red, green, blue.
 */
export async function drawContactSheet(sheet: ContactSheet): Promise<Buffer> {
  const places = sheet.samples.flatMap((sample, index) => placesOf(sheet, sample, index));
  const cell = cellOf(sheet);
  const width = Math.max(...places.map(({ x }) => x)) + cell.width + margin.side;
  const height = Math.max(...places.map(({ y }) => y)) + cell.height + margin.bottom;
  const heading = { 'font-size': 13, 'font-weight': 600 };
  const drawn = await Promise.all(places.map((place) => drawPlace(sheet, place)));
  const title = label(margin.side, 30, sheet.heading, heading);
  return renderSvg(picture({ width, height, title: sheet.heading }, title, ...drawn.flat()));
}

interface Place {
  image: Uint8Array;
  name: string;
  x: number;
  y: number;
}

/** Where a sample and its versions go. */
function placesOf(
  sheet: ContactSheet,
  { name, image, versions }: ContactSheet['samples'][number],
  index: number,
): Place[] {
  const cell = cellOf(sheet);
  const across = versions.length > 0 ? 1 : columns;
  const x = margin.side + (index % across) * (cell.width + gap);
  const y = margin.top + Math.floor(index / across) * (cell.height + gap);
  const beside = versions.map((version, column) => {
    return { image: version, name: '', x: x + (column + 1) * (cell.width + gap) + 3 * gap, y };
  });
  return [{ image, name, x, y }, ...beside];
}

function cellOf({ size }: Pick<ContactSheet, 'size'>): { width: number; height: number } {
  const magnification = magnificationOf(size);
  return { width: size.width * magnification, height: size.height * magnification + nameHeight };
}

/** How many rows of an image and so many versions a sheet of at most so many pixels has room for. */
export function rowsWithin(pixels: number, size: ContactSheet['size'], versions: number): number {
  const { width, height } = cellOf({ size });
  return Math.floor(pixels / ((1 + versions) * width * height));
}

/** An image, and its name below. */
async function drawPlace({ size }: ContactSheet, { image, name, x, y }: Place): Promise<string[]> {
  const magnification = magnificationOf(size);
  const shown = { width: size.width * magnification, height: size.height * magnification };
  const href = await imageUrl(image, size, shown);
  const below = { 'font-size': 13, fill: theme.faint };
  return [
    element('image', { x, y, ...shown, href }),
    label(x, y + shown.height + 15, fitted(name, shown.width, textWidth(13)), below),
  ];
}
