import { type FileMetaData, parquetMetadata, parquetSchema, type SchemaTree } from 'hyparquet';
import { refusal, refusing } from '../refusal.ts';
import type { ByteSource } from '../source.ts';
import type { Leaf } from './column.ts';

/** A column of a table, at the top of the schema. */
export interface Column {
  name: string;
  /** `pixels` are lists of numbers, `files` the bytes of a picture file each */
  kind: 'numbers' | 'text' | 'files' | 'pixels' | 'other';
  /** the kind of its values, of a list those in it */
  type: string;
  /** where its values lie */
  leaf: Leaf;
}

/** What the end of a file says. */
export interface Table {
  metadata: FileMetaData;
  columns: Column[];
  rows: number;
}

/** No more than this is read as a file's metadata, nor rows or columns as a data set's. */
const mostMetadata = 2 ** 26;
const mostRows = 2 ** 28;
const mostColumns = 2 ** 15;

/**
 * Reads the end of a Parquet file: its columns and where they lie.
 *
 * @throws RequestError for what is no such file
 */
export async function readTable(source: ByteSource): Promise<Table> {
  const { path } = source;
  const end = await source.read(Math.max(0, source.size - 8), source.size);
  const isParquet = new TextDecoder().decode(end.subarray(4)) === 'PAR1';
  if (!isParquet) throw refusal(path, 'does not end as a Parquet file does', 'fetch it again');
  const length = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
  if (length > mostMetadata || length + 12 > source.size) {
    throw refusal(path, `claims metadata of ${length} bytes`, 'write or fetch it again');
  }
  const footer = Uint8Array.from(await source.read(source.size - 8 - length, source.size));
  const damaged = 'its metadata are damaged';
  return refusing(path, damaged, () =>
    tableOf(parquetMetadata(footer, { geoparquet: false }), path),
  );
}

function tableOf(metadata: FileMetaData, path: string): Table {
  const rows = Number(metadata.num_rows);
  if (!(rows >= 1 && rows <= mostRows) || metadata.schema.length > mostColumns) {
    const rule = `a table here has 1 … ${mostRows} rows and up to ${mostColumns} columns`;
    throw refusal(
      path,
      `${rows} rows of ${metadata.schema.length} columns, but ${rule}`,
      'split it',
    );
  }
  if (metadata.schema.some(({ name }) => typeof name !== 'string')) {
    throw refusal(path, 'has a column without a name', 'write or fetch it again');
  }
  return { metadata, rows, columns: parquetSchema(metadata).children.map(columnOf) };
}

function columnOf(tree: SchemaTree): Column {
  const { name } = tree.element;
  const bytes = tree.children.find((child) => child.element.name === 'bytes');
  if (bytes && isBytes(bytes)) return column(name, 'files', '{bytes, …}', [tree, bytes]);
  const path = onlyPath(tree);
  const leaf = path.at(-1)!;
  const type = typeOf(leaf);
  if (path.some(({ element }) => element.repetition_type === 'REPEATED')) {
    return column(name, isNumber(leaf) ? 'pixels' : 'other', type, path);
  }
  if (path.length > 1 || leaf.children.length > 0) return column(name, 'other', 'a struct', path);
  if (isBytes(leaf)) return column(name, isText(leaf) ? 'text' : 'files', type, path);
  return column(name, isNumber(leaf) ? 'numbers' : 'other', type, path);
}

function column(name: string, kind: Column['kind'], type: string, path: SchemaTree[]): Column {
  const { element } = path.at(-1)!;
  const count = (...kinds: unknown[]) =>
    path.filter((tree) => kinds.includes(tree.element.repetition_type)).length;
  const levels = { repetition: count('REPEATED'), definition: count('REPEATED', 'OPTIONAL') };
  const names = path.map((tree) => tree.element.name);
  const decoded = { type: element.type!, element, utf8: kind === 'text' };
  const leaf = { path: names, levels, bytes: type === 'uint8', ...decoded };
  return { name, kind, type, leaf };
}

/** Down to the first value, where every level has but one child. */
function onlyPath(tree: SchemaTree): SchemaTree[] {
  return tree.children.length === 1 ? [tree, ...onlyPath(tree.children[0])] : [tree];
}

const isBytes = ({ element }: SchemaTree): boolean => element.type === 'BYTE_ARRAY';

const isText = ({ element: { converted_type, logical_type } }: SchemaTree): boolean =>
  ['UTF8', 'ENUM'].includes(converted_type ?? '') || logical_type?.type === 'STRING';

const numeric = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];

/** Whether plain numbers stand there, not dates, times or decimals. */
const isNumber = ({ element: { type, converted_type, logical_type } }: SchemaTree): boolean =>
  numeric.includes(type ?? '') &&
  (converted_type === undefined || /^U?INT_/.test(converted_type)) &&
  (logical_type === undefined || logical_type.type === 'INTEGER');

/** `uint8` where that is stated, else what the bytes are. */
function typeOf({ element: { type, converted_type, logical_type } }: SchemaTree): string {
  if (logical_type?.type === 'INTEGER') {
    return `${logical_type.isSigned ? '' : 'u'}int${logical_type.bitWidth}`;
  }
  if (logical_type) return logical_type.type.toLowerCase();
  if (converted_type) return converted_type.toLowerCase().replace('_', '');
  const plain: Record<string, string> = {
    ...{ BOOLEAN: 'bool', INT32: 'int32', INT64: 'int64', FLOAT: 'float32', DOUBLE: 'float64' },
    ...{ BYTE_ARRAY: 'bytes', FIXED_LEN_BYTE_ARRAY: 'bytes' },
  };
  return plain[type ?? ''] ?? 'a struct';
}
