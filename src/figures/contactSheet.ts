import { createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import { fitted } from '../text/fit.ts';
import { visibleText } from '../text/visible.ts';
import { pixelsOf } from './pixels.ts';
import { theme } from './theme.ts';

/** Small images under each other's classes, to see what a net is given. */
export interface ContactSheet {
  heading: string;
  size: { channels: number; height: number; width: number };
  /** each with its name and its image, [channels][height][width] bytes */
  samples: { name: string; image: Uint8Array; versions: Uint8Array[] }[];
}

/** Pixels of the picture to a pixel of an image. */
const magnification = 3;
const columns = 10;
const margin = { side: 20, top: 50, bottom: 10 };
const gap = 6;
const nameHeight = 22;

/**
 * Draws samples ten to a row, or one to a row before its versions where there are any, with their
 * names below, and encodes the sheet as PNG. One channel is shown as grey, three as red, green, blue.
 */
export function drawContactSheet(sheet: ContactSheet): Buffer {
  const places = sheet.samples.flatMap((sample, index) => placesOf(sheet, sample, index));
  const cell = cellOf(sheet);
  const width = Math.max(...places.map(({ x }) => x)) + cell.width + margin.side;
  const height = Math.max(...places.map(({ y }) => y)) + cell.height + margin.bottom;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  write(context, visibleText(sheet.heading), margin.side, 30, 600);
  for (const place of places) drawPlace(context, sheet, place);
  return canvas.toBuffer('image/png');
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

function cellOf({ size }: ContactSheet): { width: number; height: number } {
  const width = size.width * magnification;
  return { width, height: size.height * magnification + nameHeight };
}

function drawPlace(context: SKRSContext2D, { size }: ContactSheet, place: Place): void {
  const { height, width } = size;
  const small = createCanvas(width, height);
  small
    .getContext('2d')
    .putImageData(new ImageData(pixelsOf(place.image, size), width, height), 0, 0);
  context.imageSmoothingEnabled = false;
  const below = place.y + height * magnification;
  context.drawImage(small, place.x, place.y, width * magnification, height * magnification);
  const widthOf = (text: string) => context.measureText(text).width;
  context.font = font(400);
  write(context, fitted(place.name, width * magnification, widthOf), place.x, below + 15);
}

const font = (weight: number): string => `${weight} 13px ${theme.fontFamily}`;

function write(context: SKRSContext2D, text: string, x: number, y: number, weight = 400): void {
  context.font = font(weight);
  context.fillStyle = weight > 400 ? theme.ink : theme.faint;
  context.fillText(text, x, y);
}
