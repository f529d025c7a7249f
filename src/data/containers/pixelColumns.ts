import type { StoredArray } from './arrays.ts';
import type { ContainerOptions } from './contents.ts';
import { nativeLittle } from './elements.ts';
import { fieldOf, groupFieldOf, isSplitField } from './fields.ts';
import { type Pixels, readPixels } from './pixels.ts';
import { refusal } from './refusal.ts';

/** The columns of a table of which a row is a grey picture, and each pixel of it a column. */
export interface PixelColumns {
  /** those of the pixels, row by row of the picture */
  pixels: string[];
  /** null where pictures need no labels */
  label: string | null;
  /** the one that names the splits, where one does */
  split: string | null;
  /** the one that tells what belongs together, where that is asked for */
  group: string | null;
}

const pixelName = /^(?:pixel|pix|px|p)?[_-]?\d+$|^\d+x\d+$/i;

/**
 * Tells a table with a column a pixel by their names, `pixel1`, `px_12`, `7`, or `2x3` for row 2 and column 3.
 *
 * @param names of all columns, in the order of the table
 * @returns null where no two columns are called so
 * @throws RequestError where these are not in the order of their numbers, or it is not plain which is the label
 */
export function pixelColumns(
  names: readonly string[],
  options: ContainerOptions,
  path: string,
): PixelColumns | null {
  const pixels = names.filter((name) => pixelName.test(name));
  if (pixels.length < 2) return null;
  const subject = `${path} (pixels in ${pixels.length} columns)`;
  refuseDisorder(pixels, subject);
  const others = names.filter((name) => !pixelName.test(name));
  return {
    pixels,
    label: options.unlabelled ? null : fieldOf('label', others, options, subject),
    split: others.find(isSplitField) ?? null,
    group: groupFieldOf(others, options, path),
  };
}

/** Columns sorted by their letters, `pixel1`, `pixel10`, or with gaps among them, would scramble the pictures. */
function refuseDisorder(pixels: readonly string[], subject: string): void {
  const wrong = placesOf(pixels).findIndex((place, at) => place !== at);
  if (wrong < 0) return;
  const what = `column ${pixels[wrong]} stands where pixel ${wrong + 1} of a picture belongs`;
  const remedy = pixels.every((name) => /^\d+$/.test(name))
    ? 'give the table a first line of names, such as label,pixel1,pixel2; or, where these are names, write'
    : 'write';
  throw refusal(
    subject,
    what,
    `${remedy} the pixels in the order of their numbers, and leave none out`,
  );
}

/** The places that names give their pixels, counted from that of the first. */
function placesOf(pixels: readonly string[]): number[] {
  const numbers = pixels.map(numbersIn);
  const [[first, left]] = numbers;
  const { width = 0 } = sizeInNames(pixels) ?? {};
  return numbers.map(([row, column]) =>
    column === undefined ? row - first : (row - first) * width + column - left,
  );
}

const numbersIn = (name: string): number[] => name.match(/\d+/g)!.map(Number);

/** Names from `1x1` to `28x28` say how large the pictures are. */
function sizeInNames(pixels: readonly string[]) {
  const [[top, left], [bottom, right]] = [pixels[0], pixels.at(-1)!].map(numbersIn);
  return right === undefined ? undefined : { height: bottom - top + 1, width: right - left + 1 };
}

/**
 * The pictures of such a table, squares unless a size is asked for or the names say it.
 *
 * @param stored how the table's numbers are kept: row after row, or column after column as Fortran has it
 * @throws RequestError where the size does not fit, and for a value beyond the range
 */
export function readPixelColumns(
  pixels: readonly string[],
  { rows, ...stored }: { rows: number } & Pick<StoredArray, 'element' | 'fortran' | 'pieces'>,
  options: ContainerOptions,
  path: string,
): Promise<Pixels> {
  const shape = [rows, pixels.length];
  const array = { name: spanOf(pixels), shape, little: nativeLittle, ...stored };
  const size = options.size ?? sizeInNames(pixels);
  return readPixels(array, { ...options, size }, path);
}

/** `fields pixel1 … pixel784 (28x28, grey)`. */
export const pixelColumnsText = (pixels: readonly string[], { height, width }: Pixels): string =>
  `fields ${spanOf(pixels)} (${height}x${width}, grey)`;

const spanOf = (pixels: readonly string[]): string => `${pixels[0]} … ${pixels.at(-1)}`;
