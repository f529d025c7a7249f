import type { NumberType, TextType } from './elements.ts';
import { refusal } from './refusal.ts';

/** An array as it lies in a file; of many files one reads the header and then the bytes go by. */
export interface StoredArray {
  /** the key, field or variable it is stored under */
  name: string;
  element: NumberType | TextType;
  shape: number[];
  little: boolean;
  /** whether the first axis varies fastest, as Fortran and MATLAB have it */
  fortran: boolean;
  /** what the axes are, where the format says so: a letter each of `n`, `h`, `w`, `c` */
  axes?: string;
  /** its bytes, in pieces of any size */
  pieces(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** No array may hold more than this many elements: a bound on what a header claims. */
const largestArray = 2 ** 32;

/** The elements of a shape. @throws RequestError for more than anybody's memory holds */
export function elementsOf(shape: readonly number[], subject: string): number {
  const count = shape.reduce((product, size) => product * size, 1);
  if (Number.isSafeInteger(count) && count <= largestArray) return count;
  throw refusal(
    subject,
    `claims [${shape.join(', ')}] elements, the limit is ${largestArray}`,
    'split the file, or fetch it again',
  );
}

/** How an array is spoken of: `x_train: uint8 [8, 5, 7]`. */
export const arrayText = ({ name, element, shape }: StoredArray): string =>
  `${name}: ${element.name} [${shape.join(', ')}]`;

export const isNumeric = (element: NumberType | TextType): element is NumberType =>
  'read' in element;

/** All bytes of a small array, such as labels. @throws RequestError where there are more or fewer than the shape takes */
export async function wholeArray(array: StoredArray, subject: string): Promise<Uint8Array> {
  const size = elementsOf(array.shape, subject) * array.element.bytes;
  const pieces: Uint8Array[] = [];
  let found = 0;
  for await (const piece of array.pieces()) {
    found += piece.length;
    if (found > size) break;
    pieces.push(piece);
  }
  if (found !== size) throw wrongLength(array, found, size, subject);
  return Buffer.concat(pieces);
}

export function wrongLength(array: StoredArray, found: number, size: number, subject: string) {
  const what = found < size ? `ends after ${found} bytes` : `goes on after ${size} bytes`;
  return refusal(
    subject,
    `${arrayText(array)} takes ${size} bytes, but its data ${what}`,
    'write or fetch the file again',
  );
}
