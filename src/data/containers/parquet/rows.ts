import type { ColumnMetaData } from 'hyparquet';
import type { StoredArray } from '../arrays.ts';
import type { Label } from '../contents.ts';
import { type NumberType, nativeLittle, numberTypes } from '../elements.ts';
import { axesOf } from '../layout.ts';
import type { PixelOptions } from '../pixels.ts';
import { refusal } from '../refusal.ts';
import type { ByteSource } from '../source.ts';
import { type Batch, batchesOf } from './column.ts';
import type { Tensor } from './metadata.ts';
import type { Column, Table } from './table.ts';

/** All batches of a column, group of rows by group of rows. */
export async function* columnBatches(
  source: ByteSource,
  { metadata }: Table,
  { leaf }: Column,
): AsyncGenerator<Batch> {
  for (const group of metadata.row_groups) {
    const chunk = group.columns.find(({ meta_data }) => isAt(meta_data, leaf.path));
    if (!chunk?.meta_data || chunk.file_path) {
      const what = `has no data of ${leaf.path.join('.')} in itself`;
      throw refusal(source.path, what, 'write the table as one file');
    }
    yield* batchesOf(source, chunk.meta_data, leaf);
  }
}

/** Tables have thousands of columns, where each pixel is one. */
const isAt = (column: ColumnMetaData | undefined, path: readonly string[]): boolean =>
  column?.path_in_schema.length === path.length &&
  column.path_in_schema.every((name, level) => name === path[level]);

/** The values of a batch of a column without lists, row by row; null where there is none. */
export function* rowsOf({ values, count, present }: Batch): Generator<unknown> {
  let next = 0;
  for (let row = 0; row < count; row++) yield !present || present[row] ? values[next++] : null;
}

/** The labels of a table. @throws RequestError naming the rows that have none */
export async function readLabelColumn(
  source: ByteSource,
  table: Table,
  column: Column,
): Promise<Label[]> {
  const labels: Label[] = [];
  const empty: number[] = [];
  for await (const { values, count, present } of columnBatches(source, table, column)) {
    for (let row = 0, next = 0; row < count; row++) {
      const value = !present || present[row] ? values[next++] : null;
      if (value === null) empty.push(labels.length);
      labels.push(typeof value === 'string' ? value : Number(value));
    }
  }
  const subject = `${source.path}, column ${column.name}`;
  if (empty.length > 0) throw withoutValue(subject, empty);
  const wrong = labels.findIndex((l) => typeof l === 'number' && !Number.isSafeInteger(l));
  if (wrong < 0) return labels;
  const rule = 'a class is a whole number or a name';
  throw refusal(
    subject,
    `row ${wrong} is ${labels[wrong]}, but ${rule}`,
    'give labels that are classes',
  );
}

/** The error for rows of which something is missing. */
export function withoutValue(subject: string, rows: readonly number[]) {
  const shown = rows.slice(0, 8).join(', ') + (rows.length > 8 ? ', …' : '');
  const which = rows.length === 1 ? `row ${shown} is` : `rows ${shown} are`;
  return refusal(subject, `${which} empty (null)`, 'drop such rows, or fill them');
}

/** @throws RequestError where there are other numbers of pictures and labels */
export function refuseOtherCount({ path }: ByteSource, pictures: number, labels: number): void {
  if (pictures === labels) return;
  throw refusal(path, `holds ${pictures} pictures and ${labels} labels`, 'write the file again');
}

/**
 * A column of lists as an array of pictures.
 *
 * @param tensor the shape of a row where the metadata state it; else it is that of the lists in the first row, of
 *   which lists that hold no others are rows of grey pixels
 * @throws RequestError where rows are missing or differ in length
 */
export async function pixelArray(
  source: ByteSource,
  table: Table,
  column: Column,
  stated: Tensor | undefined,
  options: PixelOptions,
): Promise<StoredArray> {
  const tensor = stated ?? (await nestedTensor(source, table, column));
  const { shape } = tensor;
  const { name } = column;
  const element: NumberType = {
    ...numberTypes.float64,
    ...scaleOf(column.type),
    name: column.type,
  };
  const plain: StoredArray = {
    name,
    element: column.leaf.bytes ? numberTypes.uint8 : element,
    shape: [table.rows, shape.reduce((product, size) => product * size, 1)],
    little: nativeLittle,
    fortran: false,
    pieces: () => pixelPieces(source, table, column, shape),
  };
  return shaped(plain, tensor, options, `${source.path}, column ${name}`);
}

/** Gives the axes their meaning in the order that is meant, then puts them in the order stored. */
function shaped(array: StoredArray, tensor: Tensor, options: PixelOptions, subject: string) {
  const { shape, permutation } = tensor;
  if (shape.length === 1) return array;
  const [count] = array.shape;
  const meant = permutation.map((axis) => shape[axis]);
  const { axes } = axesOf({ ...array, shape: [count, ...meant] }, options, subject);
  const stored = shape.map((_, axis) => axes[1 + permutation.indexOf(axis)]);
  return { ...array, shape: [count, ...shape], axes: `n${stored.join('')}` };
}

const scaleOf = (type: string): Partial<NumberType> =>
  Object.hasOwn(numberTypes, type)
    ? { scale: numberTypes[type as keyof typeof numberTypes].scale }
    : {};

/**
 * The lengths of the lists in the first row, from the outer ones inwards, were they all alike. A value's level of repetition
 * says which list goes on with it: in each, values of its level or of an outer one begin the lists within.
 */
async function nestedTensor(source: ByteSource, table: Table, column: Column): Promise<Tensor> {
  const begun = new Array<number>(column.leaf.levels.repetition).fill(0);
  reading: for await (const { repetitions, count } of columnBatches(source, table, column)) {
    for (let i = 0; i < count; i++) {
      const level = repetitions![i];
      if (level === 0 && begun[0] > 0) break reading;
      for (let list = Math.max(level, 1); list <= begun.length; list++) begun[list - 1]++;
    }
  }
  const shape = begun.map((count, list) => Math.ceil(count / (list === 0 ? 1 : begun[list - 1])));
  return { shape, permutation: shape.map((_, axis) => axis) };
}

/** How a whole row repeats its lists. */
interface Repeats {
  /** values of a row */
  length: number;
  /** of the lists within the outermost one, from the outer ones inwards: how many values apart they begin */
  steps: number[];
}

/** Metadata may state another number of axes than lists are nested in: then only rows are told apart. */
function repeatsOf(shape: readonly number[], depth: number): Repeats {
  const within = shape.map((_, axis) => shape.slice(axis).reduce((all, size) => all * size, 1));
  return { length: within[0], steps: depth === shape.length ? within.slice(1) : [] };
}

/** The level of repetition that the value at a place of its row has. */
function levelAt(at: number, { steps }: Repeats): number {
  if (at === 0) return 0;
  const list = steps.findIndex((step) => at % step === 0);
  return list < 0 ? steps.length + 1 : list + 1;
}

async function* pixelPieces(
  source: ByteSource,
  table: Table,
  column: Column,
  shape: readonly number[],
): AsyncGenerator<Uint8Array> {
  const subject = `${source.path}, column ${column.name}`;
  const repeats = repeatsOf(shape, column.leaf.levels.repetition);
  const progress = { row: 0, inRow: repeats.length };
  for await (const batch of columnBatches(source, table, column)) {
    const wrong = wrongRow(batch, repeats, progress);
    if (wrong !== null) {
      const what = `row ${wrong} holds other than ${shape.join(' × ')} values`;
      throw refusal(subject, what, 'give every picture one size');
    }
    yield batch.values instanceof Uint8Array ? batch.values : doublesOf(batch.values);
  }
}

/** The first row of a batch that is not whole, or null; rows may go on in the next one. */
function wrongRow(
  { count, present, repetitions }: Batch,
  repeats: Repeats,
  progress: { row: number; inRow: number },
): number | null {
  const deepest = repeats.steps.length + 1;
  let { row, inRow } = progress;
  for (let i = 0; i < count; i++) {
    const at = inRow === repeats.length ? 0 : inRow;
    const level = Math.min(repetitions![i], deepest);
    const isBegun = at > 0 || level > 0;
    if (level !== levelAt(at, repeats) || present?.[i] === 0) return isBegun ? row - 1 : row;
    if (at === 0) row++;
    inRow = at + 1;
  }
  Object.assign(progress, { row, inRow });
  return null;
}

/** Values as doubles, whatever numbers they are. */
export function doublesOf(values: ArrayLike<unknown>): Uint8Array {
  const doubles = new Float64Array(values.length);
  for (let i = 0; i < doubles.length; i++) doubles[i] = Number(values[i]);
  return new Uint8Array(doubles.buffer);
}
