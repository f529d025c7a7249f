import { basename } from 'node:path';
import { arrayText, isNumeric, type StoredArray, wholeArray } from '../arrays.ts';
import type { ContainerOptions, Contents } from '../contents.ts';
import { nativeLittle, numberTypes } from '../elements.ts';
import { readFieldName } from '../fields.ts';
import { contentsOfArrays } from '../fromArrays.ts';
import { channelCounts } from '../layout.ts';
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
  refuseTexts(variables, path, options);
  const arrays = found.map((array) => withAxes(array, countsFor(array, found), path));
  const classes = await namedClasses(arrays, variables, path, options, notes);
  const { classNames, labels, firstNumber } = classes;
  const all = arrays.map((array) => labels.find(({ name }) => name === array.name) ?? array);
  const container = { container: '.mat', arrays: all, classNames, notes };
  return { ...(await contentsOfArrays(container, options, path)), firstNumber };
}

/** Labels that are a cell or rows of texts, as MATLAB's users write them, are told what they should be. */
function refuseTexts(
  variables: readonly Variable[],
  path: string,
  { label, unlabelled }: ContainerOptions,
): void {
  const isLabel = ({ name }: { name: string }) =>
    label === undefined ? readFieldName(name).role === 'label' : name === label;
  const named = variables.map((v) => ({
    ...v,
    name: v.kind === 'numbers' ? v.array.name : v.name,
  }));
  const labels = named.filter(isLabel);
  const texts = labels.find(({ kind }) => kind === 'texts');
  if (unlabelled || !texts || labels.some(({ kind }) => kind === 'numbers')) return;
  const what = `${texts.name} holds texts, but the labels of a .mat file are numbers`;
  throw refusal(
    path,
    what,
    'save numbers from 1, and a cell class_names with the texts in their order',
  );
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

/** As many as pictures may be: the labels of their split, or of any where there are none of it. */
function countsFor({ name }: StoredArray, arrays: readonly StoredArray[]): number[] {
  const labels = arrays.filter(isLabelLike);
  const { split } = readFieldName(name);
  const own = labels.filter((array) => {
    const said = readFieldName(array.name);
    return said.role === 'label' && said.split === split;
  });
  return (own.length > 0 ? own : labels).map(({ shape }) => Math.max(...shape));
}

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
  if (shape.length < 3 || !counts.includes(shape.at(-1)!)) return array;
  if (counts.includes(shape[0]) && isCountFirst(array, path)) return array;
  return { ...array, axes: shape.length === 3 ? 'hwn' : 'hwcn' };
}

/** Where both ends are as many as the labels: the channels stand before the last axis, or beside or behind the picture's. */
function isCountFirst(array: StoredArray, path: string): boolean {
  const [, beside, before, last] = array.shape;
  const few = (size: number) => channelCounts.includes(size);
  const isFirst = array.shape.length === 4 && (few(beside) || few(last));
  const isLast = array.shape.length === 4 && few(before);
  if (isFirst !== isLast) return isFirst;
  const what = `${arrayText(array)}: its first and its last axis may each count the pictures`;
  throw refusal(path, what, 'save it as [height, width, channels, count], grey with 1 channel');
}

/** What is known of the classes: their names, the labels that are numbers of them, and which in the file is the first. */
interface NamedClasses {
  classNames: string[] | null;
  /** those of every split, numbered from 0 */
  labels: StoredArray[];
  firstNumber?: number;
}

/** The labels as numbers from 0 with the names of the classes, where the file or SVHN's rule states them. */
async function namedClasses(
  arrays: readonly StoredArray[],
  variables: readonly Variable[],
  path: string,
  options: ContainerOptions,
  notes: string[],
): Promise<NamedClasses> {
  const found = labelArrays(arrays, options);
  if (found.length === 0) return { classNames: null, labels: [] };
  const numbers = await Promise.all(found.map((array) => numbersOf(array, path)));
  const relabelledBy = (label: (value: number) => number) =>
    found.map((array, at) => relabelled(array, numbers[at], label));
  const cells = variables.filter((v) => v.kind === 'texts' && v.texts.length > 1);
  const names = cells.find((v) => v.kind === 'texts' && /name|class/i.test(v.name));
  if (isSvhn(arrays, numbers[0], path)) {
    notes.push('labels are those of SVHN: 10 stands for the digit 0');
    return { classNames: [...'0123456789'], labels: relabelledBy((v) => v % 10) };
  }
  if (names?.kind !== 'texts') return { classNames: null, labels: [] };
  const values = numbers.flat();
  const first = values.includes(0) ? 0 : 1;
  const fits = values.every(
    (v) => Number.isInteger(v) && v >= first && v < first + names.texts.length,
  );
  notes.push(
    `${names.name} ${fits ? `names the classes, counted from ${first}` : 'does not name the labels'}`,
  );
  if (!fits) return { classNames: null, labels: [] };
  const labels = relabelledBy((v) => v - first);
  return { classNames: names.texts, labels, firstNumber: first };
}

/** The labels of each split. */
function labelArrays(arrays: readonly StoredArray[], { label }: ContainerOptions): StoredArray[] {
  if (label !== undefined) return arrays.filter(({ name }) => name === label);
  const named = arrays.flatMap((array) => {
    const { role, split } = readFieldName(array.name);
    return role === 'label' ? [{ array, split }] : [];
  });
  return [...new Set(named.map(({ split }) => split))].map((split) => {
    const own = named.flatMap((one) => (one.split === split ? [one.array] : []));
    return own.find(({ name }) => name === 'y') ?? own[0];
  });
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
