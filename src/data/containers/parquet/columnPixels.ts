import type { StoredArray } from '../arrays.ts';
import { decimal, numberTypes } from '../elements.ts';
import { refusal } from '../refusal.ts';
import type { ByteSource } from '../source.ts';
import type { Batch } from './column.ts';
import { columnBatches, doublesOf, withoutValue } from './rows.ts';
import type { Column, Table } from './table.ts';

/** The numbers of a table with a column a pixel, as it keeps them: column after column. */
export const columnPixels = (
  source: ByteSource,
  table: Table,
  columns: readonly Column[],
): { rows: number } & Pick<StoredArray, 'element' | 'fortran' | 'pieces'> => ({
  rows: table.rows,
  element: columns.every(({ leaf }) => leaf.bytes) ? numberTypes.uint8 : decimal,
  fortran: true,
  pieces: () => columnPieces(source, table, columns),
});

/** @throws RequestError for a column with gaps, or with more or fewer values than the table has rows */
async function* columnPieces(
  source: ByteSource,
  table: Table,
  columns: readonly Column[],
): AsyncGenerator<Uint8Array> {
  const areBytes = columns.every(({ leaf }) => leaf.bytes);
  for (const column of columns) {
    const subject = `${source.path}, column ${column.name}`;
    let rows = 0;
    for await (const batch of columnBatches(source, table, column)) {
      if (batch.present) throw withoutValue(subject, emptyRows(batch, rows));
      rows += batch.count;
      yield areBytes ? Uint8Array.from(batch.values as ArrayLike<number>) : doublesOf(batch.values);
    }
    if (rows === table.rows) continue;
    const what = `holds ${rows} values, but the table has ${table.rows} rows`;
    throw refusal(subject, what, 'write the file again');
  }
}

/** The rows of a batch that have no value, `before` being read already. */
const emptyRows = ({ present, count }: Batch, before: number): number[] =>
  Array.from({ length: count }, (_, row) => before + row).filter((row) => !present![row - before]);
