import { basename } from 'node:path';
import { arrayText, isNumeric, type StoredArray, wholeArray } from '../arrays.ts';
import type { ContainerOptions, Contents } from '../contents.ts';
import { nativeLittle, numberTypes } from '../elements.ts';
import { readFieldName } from '../fields.ts';
import { contentsOfArrays } from '../fromArrays.ts';
import { refusal } from '../refusal.ts';
import { readVariables, type Variable } from './variables.ts';

const remedy =
  'save it as version 5: `save -v7 file.mat …` in MATLAB or Octave, scipy.io.savemat in Python';

/**
 * Reads a .mat file of version 5 (`-v6` and `-v7`): pictures column by column, [h, w, n] or
 * [h, w, c, n], or with the count first; labels as numbers; names of the classes as a cell of texts.
 *
 * @param bytes the whole file
 * @throws RequestError for other versions, saying how to save it, and naming what cannot be told
 */
export async function readMat(
  bytes: Uint8Array,
  path: string,
  options: ContainerOptions,
): Promise<Contents> {
  const variables = readVariables(bytes, endianness(bytes, path), path);
  const found = variables.flatMap((v) => (v.kind === 'numbers' ? [v.array] : []));
  const notes = variables.flatMap((v) =>
    v.kind === 'other' ? [`not read: ${v.name} (${v.type})`] : [],
  );
  const counts = found.filter(isLabelLike).map(({ shape }) => Math.max(...shape));
  const arrays = found.map((array) => withAxes(array, counts, path));
  const { classNames, labels } = await namedClasses(arrays, variables, path, options, notes);
  const rest = arrays.filter((array) => array.name !== labels?.name);
  const all = labels ? [...rest, labels] : rest;
  return contentsOfArrays({ container: '.mat', arrays: all, classNames, notes }, options, path);
}

/** Whether numbers have the low byte first. @throws RequestError for what is not version 5 */
function endianness(bytes: Uint8Array, path: string): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  if (start.startsWith('# Created by Octave') || start.startsWith('# name:')) {
    throw refusal(path, 'is Octave’s own text, not a MATLAB file', remedy);
  }
  if (start.startsWith('MATLAB 7.3') || start.startsWith('\x89HDF')) {
    throw refusal(path, 'is version 7.3, an HDF5 file, which is not read', remedy);
  }
  if (bytes.length < 128) throw refusal(path, 'is too short for a .mat file', remedy);
  const order = start.slice(126, 128);
  if (order === 'IM' || order === 'MI') return order === 'IM';
  const isFour = [...bytes.subarray(0, 4)].includes(0);
  throw refusal(path, isFour ? 'is version 4, which is not read' : 'is no MATLAB file', remedy);
}

const isLabelLike = ({ shape }: StoredArray): boolean =>
  shape.length === 2 && shape.includes(1) && Math.max(...shape) > 1;

/** Says what the axes of pictures are: the count is the end that the labels are as many as. */
function withAxes(array: StoredArray, counts: readonly number[], path: string): StoredArray {
  const { shape } = array;
  if (shape.length === 2 && !shape.includes(1) && readFieldName(array.name).role === 'picture') {
    const rule = 'rows of pixels may go by rows or by columns of the picture';
    throw refusal(
      path,
      `${arrayText(array)}: ${rule}`,
      'reshape it to [height, width, channels, count]',
    );
  }
  if (shape.length < 3 || counts.includes(shape[0])) return array;
  if (!counts.includes(shape.at(-1)!)) return array;
  return { ...array, axes: shape.length === 3 ? 'hwn' : 'hwcn' };
}

/** The labels as numbers from 0 with the names of the classes, where the file or SVHN's rule states them. */
async function namedClasses(
  arrays: readonly StoredArray[],
  variables: readonly Variable[],
  path: string,
  options: ContainerOptions,
  notes: string[],
): Promise<{ classNames: string[] | null; labels: StoredArray | null }> {
  const array = labelArray(arrays, options);
  if (!array) return { classNames: null, labels: null };
  const values = await numbersOf(array, path);
  const cells = variables.filter((v) => v.kind === 'texts' && v.texts.length > 1);
  const names = cells.find((v) => v.kind === 'texts' && /name|class/i.test(v.name));
  if (isSvhn(arrays, values, path)) {
    notes.push('labels are those of SVHN: 10 stands for the digit 0');
    return { classNames: [...'0123456789'], labels: relabelled(array, values, (v) => v % 10) };
  }
  if (names?.kind !== 'texts') return { classNames: null, labels: null };
  const first = Math.min(...values) === 0 ? 0 : 1;
  const fits = values.every(
    (v) => Number.isInteger(v) && v >= first && v < first + names.texts.length,
  );
  notes.push(
    `${names.name} ${fits ? `names the classes, counted from ${first}` : 'does not name the labels'}`,
  );
  if (!fits) return { classNames: null, labels: null };
  return { classNames: names.texts, labels: relabelled(array, values, (v) => v - first) };
}

function labelArray(
  arrays: readonly StoredArray[],
  { label }: ContainerOptions,
): StoredArray | null {
  if (label !== undefined) return arrays.find(({ name }) => name === label) ?? null;
  const named = arrays.filter(({ name }) => readFieldName(name).role === 'label');
  return named.find(({ name }) => name === 'y') ?? named[0] ?? null;
}

async function numbersOf(array: StoredArray, path: string): Promise<number[]> {
  const { element, little } = array;
  const bytes = await wholeArray(array, path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isNumeric(element)) return [];
  const count = bytes.length / element.bytes;
  return Array.from({ length: count }, (_, i) => element.read(view, i * element.bytes, little));
}

/** SVHN's files by their names, or by X and y with labels 1 … 10. */
function isSvhn(arrays: readonly StoredArray[], values: readonly number[], path: string): boolean {
  const X = arrays.find(({ name }) => name === 'X');
  const y = arrays.find(({ name }) => name === 'y');
  const tens = values.every((v) => Number.isInteger(v) && v >= 1 && v <= 10);
  const named = /^(train|test|extra)_32x32/.test(basename(path));
  return Boolean(X?.axes === 'hwcn' && y && tens && (named || values.includes(10)));
}

function relabelled(
  array: StoredArray,
  values: number[],
  label: (value: number) => number,
): StoredArray {
  const bytes = new Uint8Array(Int32Array.from(values, label).buffer);
  const form = { element: numberTypes.int32, little: nativeLittle, fortran: false };
  return { ...form, name: array.name, shape: [values.length], pieces: () => [bytes] };
}
