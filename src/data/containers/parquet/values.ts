import { type ParquetType, parquetRead, type SchemaElement } from 'hyparquet';
import { writeStruct } from './thrift.ts';

/** Values as they come from a page: numbers in typed arrays, texts and bytes in plain ones. */
export type Values = ArrayLike<unknown>;

/** What values are decoded by. */
export interface ValueKind {
  type: ParquetType;
  element: SchemaElement;
  /** whether bytes without a stated meaning are text */
  utf8: boolean;
}

/** Page encodings by the numbers that a header has. */
export const encodings = {
  plain: 0,
  plainDictionary: 2,
  runs: 3,
  dictionary: 8,
};

/**
 * Decodes the values of a page. The library is handed them as a page of a plain required column:
 * levels and dictionaries, whose runs it believes however long they claim to be, are read elsewhere.
 *
 * @param bytes the values alone, unpacked
 * @throws whatever damaged values make the library throw
 */
export async function decodeValues(
  bytes: Uint8Array,
  encoding: number,
  count: number,
  { type, element, utf8 }: ValueKind,
): Promise<Values> {
  if (count === 0) return [];
  const file = pageFile(bytes, encoding, count);
  const found: Values[] = [];
  await parquetRead({
    file: { byteLength: file.byteLength, slice: (start, end) => file.slice(start, end) },
    metadata: metadataOf(type, element, count, file.byteLength),
    utf8,
    geoparquet: false,
    onPage: ({ columnData }) => void found.push(columnData),
  });
  if (found.length === 1 && found[0].length === count) return found[0];
  throw new RangeError(`a page holds other than ${count} values`);
}

const magic = [0x50, 0x41, 0x52, 0x31];

/** A file that is one page, header first. */
function pageFile(bytes: Uint8Array, encoding: number, count: number): ArrayBuffer {
  const second = { 1: count, 2: 0, 3: count, 4: encoding, 5: 0, 6: 0, 7: false };
  const header = writeStruct({ 1: 3, 2: bytes.length, 3: bytes.length, 8: second });
  const file = new Uint8Array(magic.length + header.length + bytes.length);
  file.set([...magic, ...header]);
  file.set(bytes, magic.length + header.length);
  return file.buffer;
}

function metadataOf(type: ParquetType, element: SchemaElement, count: number, length: number) {
  const rows = BigInt(count);
  const meta_data = {
    ...{ type, encodings: [], path_in_schema: ['values'], codec: 'UNCOMPRESSED' as const },
    ...{ num_values: rows, data_page_offset: BigInt(magic.length) },
    total_uncompressed_size: BigInt(length - magic.length),
    total_compressed_size: BigInt(length - magic.length),
  };
  const leaf = { ...element, name: 'values', repetition_type: 'REQUIRED' as const };
  return {
    version: 1,
    schema: [{ name: 'root', num_children: 1 }, leaf],
    num_rows: rows,
    row_groups: [
      {
        columns: [{ file_offset: 0n, meta_data }],
        total_byte_size: BigInt(length),
        num_rows: rows,
      },
    ],
    metadata_length: 0,
  };
}
