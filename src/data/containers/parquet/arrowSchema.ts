/** Metadata of the fields of an Arrow schema, by the fields' names. */
export type FieldMetadata = Map<string, Map<string, string>>;

/** No schema of a data set has more fields, or a field more metadata. */
const most = 10_000;

/**
 * Reads the schema that Arrow's writers leave in a Parquet file under the key `ARROW:schema`: a
 * FlatBuffers message in base 64. Only the metadata of its top fields are read: there stand the
 * names and shapes of extension types.
 *
 * @throws RangeError where it is damaged
 */
export function readArrowSchema(encoded: string): FieldMetadata {
  const bytes = Buffer.from(encoded, 'base64');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(0, true) === 0xffffffff ? 8 : 4;
  const message = follow(start);
  const schema = pointer(message, 2);
  const fields: FieldMetadata = new Map();
  for (const field of schema === null ? [] : tables(schema, 1)) {
    fields.set(
      text(field, 0),
      new Map(tables(field, 6).map((pair) => [text(pair, 0), text(pair, 1)])),
    );
  }
  return fields;

  /** Where an offset leads that is stored at a place. */
  function follow(place: number): number {
    return place + view.getUint32(place, true);
  }

  /** Where the content of a table's field begins, or null where the table has none. */
  function pointer(table: number, field: number): number | null {
    const layout = table - view.getInt32(table, true);
    const entry = 4 + 2 * field;
    if (entry >= view.getUint16(layout, true)) return null;
    const offset = view.getUint16(layout + entry, true);
    return offset === 0 ? null : follow(table + offset);
  }

  function tables(table: number, field: number): number[] {
    const vector = pointer(table, field);
    if (vector === null) return [];
    const count = view.getUint32(vector, true);
    if (count > most) throw new RangeError(`${count} entries in an Arrow schema`);
    return Array.from({ length: count }, (_, i) => follow(vector + 4 + 4 * i));
  }

  function text(table: number, field: number): string {
    const place = pointer(table, field);
    if (place === null) return '';
    const length = view.getUint32(place, true);
    if (place + 4 + length > bytes.length) throw new RangeError('a text beyond the schema');
    return bytes.toString('utf8', place + 4, place + 4 + length);
  }
}
