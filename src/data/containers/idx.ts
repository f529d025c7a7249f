import { basename } from 'node:path';
import { elementsOf, type StoredArray } from './arrays.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { type NumberType, numberTypes } from './elements.ts';
import { splitOfFile } from './fields.ts';
import { contentsOfArrays } from './fromArrays.ts';
import { refusal } from './refusal.ts';

/** The kinds of elements by the third byte of a file; all are stored with the high byte first. */
const types: Record<number, NumberType> = {
  8: numberTypes.uint8,
  9: numberTypes.int8,
  11: numberTypes.int16,
  12: numberTypes.int32,
  13: numberTypes.float32,
  14: numberTypes.float64,
};

/** What a name ends in: what the file holds, its dimensions and its kind, `images-idx3-ubyte`. */
const ending = /[-._]idx(\d)[-._]?(ubyte|byte|short|int|float|double)?(\.gz)?$/i;

/** Whether a file's name is that of an idx file, with dashes or dots, packed or not. */
export const isIdxName = (path: string): boolean => ending.test(basename(path));

/** An idx file unpacked: a name, and its bytes. */
export interface IdxFile {
  path: string;
  bytes: Uint8Array;
}

/**
 * Reads the array of an idx file: two zeros, the kind of elements, the number of dimensions; the
 * sizes as 32-bit integers, high byte first; then the elements.
 *
 * @param name what to call the array
 * @throws RequestError naming the byte where the file stops being such a file
 */
export function idxArray(bytes: Uint8Array, name: string, path: string): StoredArray {
  const [zero, zeroToo, kind, rank] = bytes;
  const damaged = 'fetch the file again or name the right one';
  if (bytes.length < 4 || zero !== 0 || zeroToo !== 0) {
    throw refusal(`${path}, byte 0`, 'an idx file begins 0, 0, a kind and a rank', damaged);
  }
  if (!Object.hasOwn(types, kind)) {
    throw refusal(`${path}, byte 2`, `element type ${kind}, known are 8, 9, 11 … 14`, damaged);
  }
  const start = 4 + 4 * rank;
  if (rank < 1 || rank > 4 || bytes.length < start) {
    throw refusal(`${path}, byte 3`, `${rank} dimensions in ${bytes.length} bytes`, damaged);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const end = start + elementsOf(shape, path) * types[kind].bytes;
  if (end !== bytes.length) {
    const what = `its ${shape.join('×')} values end at byte ${end}, the file at ${bytes.length}`;
    throw refusal(path, what, damaged);
  }
  const values = bytes.subarray(start);
  const common = { name, little: false, fortran: false, pieces: () => [values] };
  return { ...common, element: types[kind], shape };
}

/** What an idx data set is known by beside its files. */
export interface IdxTraits {
  classNames?: string[];
  /** whether columns and rows are exchanged, as in EMNIST's files */
  transposed?: boolean;
  /** the number of the first class, 0 where left out */
  firstLabel?: number;
}

/**
 * Reads pairs of idx files, pictures and labels, of every split that the names tell of.
 *
 * @throws RequestError where a file has no partner, and as `idxArray`, pixels and labels do
 */
export function readIdx(
  files: readonly IdxFile[],
  options: ContainerOptions,
  { classNames, transposed = false, firstLabel = 0 }: IdxTraits = {},
): Promise<Contents> {
  const notes: string[] = [];
  const arrays = files.map(({ path, bytes }) => {
    const split = splitOfFile(path);
    const isLabels = /label/i.test(basename(path));
    const name = `${split ?? ''}${isLabels ? 'labels' : 'images'}`;
    const array = idxArray(bytes, name, path);
    if (isLabels) return fromZero(classColumn(array, notes), firstLabel, path);
    return transposed ? upright(array, notes) : array;
  });
  const subject = files.map(({ path }) => path).join(', ');
  refuseHalf(arrays, subject);
  return contentsOfArrays({ container: 'idx', arrays, classNames, notes }, options, subject);
}

/** @throws RequestError for pictures without labels, or labels without pictures */
function refuseHalf(arrays: readonly StoredArray[], subject: string): void {
  const labels = arrays.filter(({ name }) => name.endsWith('labels')).length;
  if (labels > 0 && labels < arrays.length) return;
  const [found, lacking] = labels > 0 ? ['labels', 'pictures'] : ['pictures', 'labels'];
  throw refusal(subject, `holds ${found} without ${lacking}`, 'name the folder that holds both');
}

/** QMNIST's labels are eight numbers a picture, of which the first is the class. */
function classColumn(array: StoredArray, notes: string[]): StoredArray {
  const [rows, columns] = array.shape;
  if (array.shape.length !== 2 || columns !== 8 || array.element.name !== 'int32') return array;
  notes.push('of the eight numbers a label has in QMNIST’s files, the first is the class');
  return { ...array, shape: [rows], pieces: () => firstColumn(array, 4 * columns) };
}

function* firstColumn({ pieces }: StoredArray, record: number) {
  for (const piece of pieces() as Iterable<Uint8Array>) {
    for (let at = 0; at < piece.length; at += record) yield piece.subarray(at, at + 4);
  }
}

/** Labels of bytes that count from another number, counted from 0. */
function fromZero(array: StoredArray, first: number, path: string): StoredArray {
  if (first === 0) return array;
  const pieces = () => [...(array.pieces() as Iterable<Uint8Array>)].map((piece) => lowered(piece));
  return { ...array, pieces };

  function lowered(labels: Uint8Array): Uint8Array {
    const wrong = labels.findIndex((label) => label < first);
    if (wrong < 0) return labels.map((label) => label - first);
    throw refusal(
      path,
      `label ${labels[wrong]}, but they count from ${first}`,
      'fetch the file again',
    );
  }
}

function upright(array: StoredArray, notes: string[]): StoredArray {
  if (array.shape.length !== 3) return array;
  const note = 'rows and columns are exchanged in EMNIST’s files; pictures are turned upright';
  if (!notes.includes(note)) notes.push(note);
  return { ...array, axes: 'nwh' };
}
