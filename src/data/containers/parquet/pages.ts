import type { ColumnMetaData } from 'hyparquet';
import { refusal } from '../refusal.ts';
import type { ByteSource } from '../source.ts';
import { readStruct, type ThriftStruct } from './thrift.ts';
import { largestPage, unpackPage } from './unpackPage.ts';

/** A page of a column, unpacked. */
export interface Page {
  kind: 'dictionary' | 'data';
  /** values, missing ones included */
  count: number;
  encoding: number;
  /** levels of repetition and of definition, still as runs; empty where the column has none */
  repetitions: Uint8Array;
  definitions: Uint8Array;
  values: Uint8Array;
}

/** The deepest levels that a column's values can have. */
export interface Levels {
  repetition: number;
  definition: number;
}

/** Statistics may make a header large, but no larger than this. */
const headerBytes = 2 ** 16;

/** No page may claim more values. */
const mostValues = 2 ** 26;

const [dataPage, dictionaryPage, dataPageV2] = [0, 2, 3];

/**
 * The pages of a column in one group of rows, one after the other; no more than one is held.
 *
 * @throws RequestError naming the page's place where it is damaged or claims too much
 */
export async function* pagesOf(
  source: ByteSource,
  column: ColumnMetaData,
  levels: Levels,
): AsyncGenerator<Page> {
  const first = Number(column.data_page_offset);
  const dictionary = Number(column.dictionary_page_offset ?? 0);
  let at = dictionary > 0 ? Math.min(first, dictionary) : first;
  const end = at + Number(column.total_compressed_size);
  let left = Number(column.num_values);
  while (left > 0) {
    if (!(at >= 0 && at < Math.min(end, source.size))) throw stopsShort(source, column, left);
    const { page, next } = await pageAt(source, column, levels, at);
    if (page?.kind === 'data') left -= page.count;
    if (page) yield page;
    at = next;
  }
}

async function pageAt(source: ByteSource, column: ColumnMetaData, levels: Levels, at: number) {
  const subject = `${source.path}, byte ${at}`;
  try {
    const { value, length } = readStruct(await source.read(at, at + headerBytes));
    const { 1: kind, 2: size, 3: packedSize } = value;
    if (!isSize(size) || !isSize(packedSize)) throw new RangeError('a header without sizes');
    const next = at + length + packedSize;
    const packed = await source.read(at + length, next);
    if (packed.length < packedSize) throw new RangeError('the file ends within it');
    return { page: pageOf(kind as number, value, packed, size, column, levels), next };
  } catch (error) {
    throw refusal(
      subject,
      `a page of ${column.path_in_schema.join('.')} is damaged (${(error as Error).message})`,
      'write or fetch the file again',
    );
  }
}

const isSize = (size: unknown): size is number =>
  typeof size === 'number' && size >= 0 && size <= largestPage;

function pageOf(
  kind: number,
  header: ThriftStruct,
  packed: Uint8Array,
  size: number,
  { codec }: ColumnMetaData,
  levels: Levels,
): Page | null {
  if (kind === dictionaryPage) {
    const { count, encoding } = numbersOf(header[7], 1, 2);
    const values = unpackPage(packed, codec, size);
    const none = new Uint8Array(0);
    return { kind: 'dictionary', count, encoding, values, repetitions: none, definitions: none };
  }
  if (kind === dataPageV2) return secondPage(header[8], packed, size, codec);
  if (kind !== dataPage) return null;
  const { count, encoding } = numbersOf(header[5], 1, 2);
  return { kind: 'data', count, encoding, ...cutLevels(unpackPage(packed, codec, size), levels) };
}

/** In the first version levels are packed with the values, each behind its length. */
function cutLevels(page: Uint8Array, levels: Levels) {
  const [repetitions, behind] = cut(page, levels.repetition);
  const [definitions, values] = cut(behind, levels.definition);
  return { repetitions, definitions, values };
}

function cut(bytes: Uint8Array, level: number): [Uint8Array, Uint8Array] {
  if (level === 0) return [new Uint8Array(0), bytes];
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  if (length > bytes.length - 4) throw new RangeError('levels longer than their page');
  return [bytes.subarray(4, 4 + length), bytes.subarray(4 + length)];
}

/** In the second version levels lie before the values and are not packed. */
function secondPage(
  header: ThriftStruct[number],
  packed: Uint8Array,
  size: number,
  codec: ColumnMetaData['codec'],
): Page {
  const { count, encoding } = numbersOf(header, 1, 4);
  const { 5: definitionBytes, 6: repetitionBytes, 7: isPacked = true } = header as ThriftStruct;
  if (!isSize(definitionBytes) || !isSize(repetitionBytes)) throw new RangeError('no levels');
  const levels = definitionBytes + repetitionBytes;
  if (levels > packed.length || levels > size)
    throw new RangeError('levels longer than their page');
  const rest = packed.subarray(levels);
  return {
    kind: 'data',
    count,
    encoding,
    repetitions: packed.subarray(0, repetitionBytes),
    definitions: packed.subarray(repetitionBytes, levels),
    values: isPacked ? unpackPage(rest, codec, size - levels) : rest,
  };
}

function numbersOf(header: ThriftStruct[number], countField: number, encodingField: number) {
  const { [countField]: count, [encodingField]: encoding } = (header ?? {}) as ThriftStruct;
  if (typeof count !== 'number' || count < 0 || count > mostValues) {
    throw new RangeError(`a page of ${count} values, the limit is ${mostValues}`);
  }
  if (typeof encoding !== 'number') throw new RangeError('a page without an encoding');
  return { count, encoding };
}

function stopsShort(
  { path }: ByteSource,
  { path_in_schema, num_values }: ColumnMetaData,
  left: number,
) {
  return refusal(
    path,
    `the pages of ${path_in_schema.join('.')} end ${left} values before its ${num_values}`,
    'write or fetch the file again',
  );
}
