import { csvParseRows, tsvParseRows } from 'd3-dsv';
import type { Label, SplitName } from './contents.ts';
import { splitNamed, splitOf } from './fields.ts';
import { labelsOfTexts } from './labels.ts';
import { refusal } from './refusal.ts';

/** A table of text: the names of its columns, and its rows. */
export interface TextTable {
  header: string[];
  rows: string[][];
  /** the line that the first row stands in */
  firstLine: number;
  notes: string[];
}

const pictureFile = /\.(png|jpe?g|webp|gif|tiff?|avif|bmp)$/i;

/**
 * The table that a text is, separated by commas or tabs. Columns without names are told by what they hold.
 *
 * @throws RequestError where a row has more columns than another, or fewer
 */
export function readTable(text: string, path: string): TextTable {
  const plain = text.replace(/^\ufeff/, '');
  const [firstLine] = plain.split(/[\r\n]/, 1);
  const parse = firstLine.includes('\t') ? tsvParseRows : csvParseRows;
  const all = parse(plain).filter((row) => row.length > 1 || row[0] !== '');
  const [first = []] = all;
  const ragged = all.findIndex((row) => row.length !== first.length);
  if (ragged >= 0) {
    const what = `row ${ragged + 1} has ${all[ragged].length} columns, the first ${first.length}`;
    throw refusal(path, what, 'quote what holds a separator, and write the table again');
  }
  refuseSemicolons(first, path);
  const header = headerless(first);
  if (header) {
    return {
      header,
      rows: all,
      firstLine: 1,
      notes: ['there is no line of names; columns were told by what they hold'],
    };
  }
  const names = first.map((name) => name.trim());
  return { header: names, rows: all.slice(1), firstLine: 2, notes: [] };
}

/** Where a comma stands in decimals, Excel writes semicolons between columns. */
function refuseSemicolons(first: string[], path: string): void {
  if (first.length > 1 || !first[0]?.includes(';')) return;
  const what = 'its columns are separated by semicolons, but read are commas and tabs';
  throw refusal(path, what, 'write it with commas, and points in decimals');
}

/** Names for the columns where the first line has none: MedMNIST's `TRAIN,x.png,3`, or `x.png,3`. */
function headerless(first: string[]): string[] | null {
  const file = first.findIndex((cell) => pictureFile.test(cell));
  if (file < 0) return null;
  const names = first.map((cell, column) => {
    if (column === file) return 'path';
    return splitOf(cell) ? 'split' : 'label';
  });
  const several = names.filter((name) => name === 'label').length > 1;
  return several
    ? names.map((name, column) => (name === 'label' ? `label ${column}` : name))
    : names;
}

/** The cells of a column. @throws RequestError naming the lines in which it is empty */
export function filled(
  { rows, header, firstLine }: TextTable,
  column: number,
  path: string,
): string[] {
  const cells = rows.map((row) => row[column].trim());
  const empty = cells.flatMap((cell, row) => (cell === '' ? [firstLine + row] : []));
  if (cells.length > 0 && empty.length === 0) return cells;
  const lines = empty.slice(0, 8).join(', ') + (empty.length > 8 ? ', …' : '');
  const what =
    cells.length === 0 ? 'holds no rows' : `column ${header[column]} is empty in line ${lines}`;
  throw refusal(path, what, 'fill or drop such lines');
}

/** How the column of labels is called where what is read is told. */
export const labelText = (label: string | null): string =>
  label === null ? 'none' : `field ${label}`;

/** The labels of a column; zeros where there is none. */
export function labelsOf(table: TextTable, column: string | null, path: string): Label[] {
  if (column === null) return table.rows.map(() => 0);
  return labelsOfTexts(filled(table, table.header.indexOf(column), path));
}

/** Whether a column has a name of its own: pandas leaves its index without, or calls it so. */
export const isNamed = (name: string): boolean => name !== '' && !/^unnamed: ?\d+$/i.test(name);

/** What a table holds beside the columns that are read. */
export function unreadNotes(header: readonly string[], read: readonly (string | null)[]): string[] {
  const rest = header.filter((name) => isNamed(name) && !read.includes(name));
  return [
    ...(header.every(isNamed) ? [] : ['a column without a name is pandas’ index, and not read']),
    ...(rest.length > 0 ? [`columns not read: ${rest.join(', ')}`] : []),
  ];
}

/**
 * The split of each row; nulls where no column names them.
 *
 * @throws RequestError naming the line where a split is called as none is
 */
export function splitsOf(
  table: TextTable,
  column: string | null,
  path: string,
): (SplitName | null)[] {
  if (column === null) return table.rows.map(() => null);
  return filled(table, table.header.indexOf(column), path).map((cell, row) =>
    splitNamed(cell, `${path}, line ${table.firstLine + row}`),
  );
}
