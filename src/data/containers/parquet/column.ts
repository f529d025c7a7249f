import type { ColumnMetaData } from 'hyparquet';
import { refusal, refusing } from '../refusal.ts';
import type { ByteSource } from '../source.ts';
import { type Levels, type Page, pagesOf } from './pages.ts';
import { isOneRun, type Runs, readRuns } from './runs.ts';
import { decodeValues, encodings, type ValueKind, type Values } from './values.ts';

/** A column at the lowest level of a schema. */
export interface Leaf extends ValueKind {
  /** its names from the top of the schema down */
  path: string[];
  levels: Levels;
  /** whether it is declared to hold bytes: its values are given as such */
  bytes: boolean;
}

/** Some values of a column, and where a page of it has none. */
export interface Batch {
  /** those that are there */
  values: Values;
  /** values and gaps together */
  count: number;
  /** whether each of them is there; null where all are */
  present: Uint8Array | null;
  /** levels of repetition: 0 where a row begins; null in a column without lists */
  repetitions: Runs | null;
}

/**
 * The values of a column in one group of rows, page by page.
 *
 * @throws RequestError naming the file and column where they cannot be read
 */
export async function* batchesOf(
  source: ByteSource,
  column: ColumnMetaData,
  leaf: Leaf,
): AsyncGenerator<Batch> {
  const subject = `${source.path}, column ${leaf.path.join('.')}`;
  let dictionary: Values | null = null;
  for await (const page of pagesOf(source, column, leaf.levels)) {
    const { values, encoding, count } = page;
    const damaged = 'its values cannot be decoded';
    if (page.kind === 'dictionary') {
      const plain = encoding === encodings.plainDictionary ? encodings.plain : encoding;
      dictionary = await refusing(subject, damaged, async () =>
        declared(await decodeValues(values, plain, count, leaf), leaf, subject),
      );
    } else {
      const known = dictionary;
      yield await refusing(subject, damaged, () => batchOf(page, leaf, known, subject));
    }
  }
}

async function batchOf(
  page: Page,
  leaf: Leaf,
  dictionary: Values | null,
  subject: string,
): Promise<Batch> {
  const { count, encoding, values } = page;
  const { repetition } = leaf.levels;
  const { present, there } = presence(page, leaf.levels.definition);
  const isDictionary = encoding === encodings.dictionary || encoding === encodings.plainDictionary;
  return {
    count,
    present,
    repetitions: repetition === 0 ? null : readRuns(page.repetitions, bitsOf(repetition), count),
    values: isDictionary
      ? looked(values, there, dictionary, subject)
      : declared(await plainValues(page, there, leaf), leaf, subject),
  };
}

/** Which values are there: those of the deepest level; `present` is null where all are. */
function presence({ definitions, count }: Page, deepest: number) {
  const whole = deepest === 0 || isOneRun(definitions, deepest, count);
  if (whole) return { present: null, there: count };
  const levels = readRuns(definitions, bitsOf(deepest), count);
  const present = new Uint8Array(count);
  let there = 0;
  for (let i = 0; i < count; i++) if (levels[i] === deepest) there += present[i] = 1;
  return { present: there === count ? null : present, there };
}

const bitsOf = (level: number): number => 32 - Math.clz32(level);

function plainValues(
  { values, encoding }: Page,
  count: number,
  leaf: Leaf,
): Promise<Values> | Values {
  if (encoding !== encodings.runs) return decodeValues(values, encoding, count, leaf);
  const bits = values.subarray(4);
  return Array.from(readRuns(bits, 1, count), (bit) => bit === 1);
}

/** Values by their places in the dictionary; the first byte says how many bits a place takes. */
function looked(bytes: Uint8Array, count: number, dictionary: Values | null, subject: string) {
  if (!dictionary) throw refusal(subject, 'it has no dictionary', 'write the file again');
  if (count === 0) return [];
  const places = readRuns(bytes.subarray(1), bytes[0], count);
  const found = roomLike(dictionary, count);
  for (let i = 0; i < count; i++) {
    if (places[i] >= dictionary.length) {
      const what = `place ${places[i]} of a dictionary of ${dictionary.length}`;
      throw refusal(subject, what, 'write or fetch the file again');
    }
    found[i] = dictionary[places[i]];
  }
  return found;
}

function roomLike(values: Values, count: number) {
  if (values instanceof Uint8Array) return new Uint8Array(count);
  if (values instanceof Float64Array) return new Float64Array(count);
  return values instanceof Int32Array ? new Int32Array(count) : new Array(count);
}

/** The values of a column that is declared to hold bytes as such, long integers as numbers; others as they are. */
function declared(values: Values, { bytes }: Leaf, subject: string): Values {
  if (isLong(values)) return numbersOf(values);
  if (!bytes) return values;
  const found = new Uint8Array(values.length);
  for (let i = 0; i < found.length; i++) {
    const value = values[i] as number;
    if (!(value >= 0 && value <= 255)) {
      throw refusal(subject, `holds ${value}, declared are bytes`, 'write the file again');
    }
    found[i] = value;
  }
  return found;
}

const isLong = (values: Values): values is BigInt64Array | BigUint64Array =>
  values instanceof BigInt64Array || values instanceof BigUint64Array;

/** An object a value, as long integers are, would fill the memory. */
function numbersOf(values: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Number(values[i]);
  return numbers;
}
