import type { ImageSize } from '../imageForm.ts';
import { arrayText, type StoredArray } from './arrays.ts';
import { refusal } from './refusal.ts';

/** What is asked for where an array's shape does not tell how its pictures lie. */
export interface Layout {
  /** whether channels come before rows and columns, or after them */
  layout?: 'channels-first' | 'channels-last';
  /** height and width of pictures that are stored as one row of pixels each */
  size?: ImageSize;
}

/** An array's shape and what each axis is, a letter each of `n`, `h`, `w`, `c`. */
export interface Axes {
  shape: number[];
  axes: string;
}

/** Axes of so many values are channels: grey, colour, colour with alpha. */
export const channelCounts: readonly number[] = [1, 3, 4];

/**
 * What the axes of an array of pictures are. The first counts them. Two more are rows and columns.
 * Of three more, the first or the last is the channels, whichever of them alone has 1, 3 or 4
 * values. One more is a row of grey pixels, of a square, or of the size asked for.
 *
 * @throws RequestError where that does not tell, or a picture would be empty
 */
export function axesOf(array: StoredArray, asked: Layout, subject: string): Axes {
  const axes = array.axes ? { shape: array.shape, axes: array.axes } : guess(array, asked, subject);
  if (axes.shape.every((size) => size > 0)) return axes;
  throw refusal(subject, `${arrayText(array)} holds no pixels`, 'write the file again');
}

function guess(array: StoredArray, asked: Layout, subject: string): Axes {
  const { shape } = array;
  if (shape.length === 2) return rowOfPixels(array, asked, subject);
  if (shape.length === 3) return { shape, axes: 'nhw' };
  if (shape.length === 4) return { shape, axes: channelAxes(array, asked, subject) };
  const rule = 'pictures are [count, height, width], with channels before or after these two';
  throw refusal(subject, `${arrayText(array)}, but ${rule}`, 'write the array in such a shape');
}

function channelAxes(array: StoredArray, { layout }: Layout, subject: string): string {
  if (layout) return layout === 'channels-first' ? 'nchw' : 'nhwc';
  const [, first, , last] = array.shape;
  const [isFirst, isLast] = [first, last].map((size) => channelCounts.includes(size));
  if (isFirst !== isLast) return isFirst ? 'nchw' : 'nhwc';
  const what = isFirst ? 'both ends may be' : 'neither end is';
  throw refusal(
    subject,
    `${arrayText(array)}: ${what} the channels, which are 1, 3 or 4`,
    'write grey pictures as [count, height, width], others with 1, 3 or 4 channels at one end alone',
  );
}

function rowOfPixels(array: StoredArray, { size }: Layout, subject: string): Axes {
  const [count, pixels] = array.shape;
  const side = Math.sqrt(pixels);
  const { height, width } = size ?? { height: side, width: side };
  if (Number.isInteger(height) && height * width === pixels) {
    // A row of pixels is a picture row by row, also where all pictures' first pixels lie before their second ones.
    if (array.fortran) return { shape: [count, width, height], axes: 'nwh' };
    return { shape: [count, height, width], axes: 'nhw' };
  }
  const what = size ? `not ${height}x${width}` : 'which are no square';
  throw refusal(
    subject,
    `${arrayText(array)} has ${pixels} pixels a picture, ${what}`,
    'say the size of the pictures as height x width, such as 28x28',
  );
}
