import { dirname, resolve } from 'node:path';
import { csvParseRows, tsvParseRows } from 'd3-dsv';
import type { ContainerOptions, Contents, Label, Sample, SplitName } from './contents.ts';
import { decimal } from './elements.ts';
import { fieldIfAny, fieldOf, groupFieldOf, splitOf } from './fields.ts';
import { labelsOfTexts } from './labels.ts';
import {
  type PixelColumns,
  pixelColumns,
  pixelColumnsText,
  readPixelColumns,
} from './pixelColumns.ts';
import { refusal } from './refusal.ts';

/** A table of text: the names of its columns, and its rows. */
interface TextTable {
  header: string[];
  rows: string[][];
  /** the line that the first row stands in */
  firstLine: number;
  notes: string[];
}

/** No table of text may be larger: it is held whole. */
export const largestText = 2 ** 28;

const splitNames = ['split', 'set', 'subset', 'partition', 'usage'];
const pictureFile = /\.(png|jpe?g|webp|gif|tiff?|avif|bmp)$/i;

/**
 * Reads a table of text, separated by commas or tabs: a manifest of `path, label[, split]`, paths
 * relative to the table's folder; or a label and the pixels of a grey picture in each row.
 *
 * @throws RequestError naming the lines in which something is missing
 */
export async function readManifest(
  text: string,
  path: string,
  options: ContainerOptions,
): Promise<Contents> {
  const table = readTable(text, path);
  const columns = pixelColumns(table.header, options, path);
  return columns
    ? pixelContents(table, columns, path, options)
    : fileContents(table, path, options);
}

function readTable(text: string, path: string): TextTable {
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

async function pixelContents(
  table: TextTable,
  { pixels: names, label, group }: PixelColumns,
  path: string,
  options: ContainerOptions,
): Promise<Contents> {
  const { header, rows, notes } = table;
  const labels = labelsOf(table, label, path);
  const groups = group === null ? null : filled(table, header.indexOf(group), path);
  const places = names.map((name) => header.indexOf(name));
  const pieces = () => pixelRows(table, places, path);
  const stored = { rows: rows.length, element: decimal, fortran: false, pieces };
  const pixels = await readPixelColumns(names, stored, options, path);
  return {
    schema: {
      container: 'table of pixels',
      picture: pixelColumnsText(names, pixels),
      label: labelText(label),
      ...{ split: 'all in one', classes: 'classes are the different labels', notes },
    },
    classNames: null,
    parts: [{ kind: 'pixels', split: null, pixels, labels, ...(groups && { groups }) }],
  };
}

function* pixelRows({ rows, firstLine }: TextTable, columns: number[], path: string) {
  for (const [place, row] of rows.entries()) {
    const values = Float64Array.from(columns, (column) =>
      row[column].trim() === '' ? Number.NaN : Number(row[column]),
    );
    if (values.some(Number.isNaN)) {
      throw refusal(
        `${path}, line ${firstLine + place}`,
        'a pixel is no number',
        'mend or drop the line',
      );
    }
    yield new Uint8Array(values.buffer);
  }
}

function fileContents(table: TextTable, path: string, options: ContainerOptions): Contents {
  const { header, notes } = table;
  const index = header.filter((name) => name === '' || /^unnamed: ?\d+$/i.test(name));
  const names = header.filter((name) => !index.includes(name));
  const subject = `${path} (columns ${names.join(', ')})`;
  const picture = fieldOf('picture', names, options, subject);
  const label = options.unlabelled ? null : labelColumn(names, options, subject);
  const split = names.find((name) => splitNames.includes(name.toLowerCase()));
  const labels = labelsOf(table, label, path);
  const paths = filled(table, header.indexOf(picture), path);
  const splits = split ? splitsOf(table, header.indexOf(split), path) : paths.map(() => null);
  const group = groupFieldOf(names, options, subject);
  const groups = group === null ? null : filled(table, header.indexOf(group), path);
  const used = [picture, label, split, options.group];
  const rest = names.filter((name) => !used.includes(name));
  if (index.length > 0) notes.push('a column without a name is pandas’ index, and not read');
  if (rest.length > 0) notes.push(`columns not read: ${rest.join(', ')}`);
  return {
    schema: {
      container: 'manifest',
      picture: `field ${picture} (paths from ${dirname(path)})`,
      label: labelText(label),
      split: split ? `column ${split}` : 'all in one',
      ...{ classes: 'classes are the different labels', notes },
    },
    classNames: null,
    parts: [...new Set(splits)].map((own) => ({
      kind: 'samples',
      split: own,
      count: splits.filter((split) => split === own).length,
      samples: () => samplesOf(own, { splits, paths, labels, groups }, path),
    })),
  };
}

function labelColumn(names: string[], options: ContainerOptions, subject: string): string {
  const several = names.filter((name) => /^label \d+$/.test(name));
  if (several.length > 1) {
    const rule = 'a picture has one class (several labels a picture are multi-label)';
    throw refusal(subject, `${several.length} columns of labels, but ${rule}`, 'keep one of them');
  }
  return fieldIfAny('label', names, options, subject) ?? fieldOf('label', names, options, subject);
}

/** The cells of a column. @throws RequestError naming the lines in which it is empty */
function filled({ rows, header, firstLine }: TextTable, column: number, path: string): string[] {
  const cells = rows.map((row) => row[column].trim());
  const empty = cells.flatMap((cell, row) => (cell === '' ? [firstLine + row] : []));
  if (cells.length > 0 && empty.length === 0) return cells;
  const lines = empty.slice(0, 8).join(', ') + (empty.length > 8 ? ', …' : '');
  const what =
    cells.length === 0 ? 'holds no rows' : `column ${header[column]} is empty in line ${lines}`;
  throw refusal(path, what, 'fill or drop such lines');
}

const labelText = (label: string | null): string => (label === null ? 'none' : `field ${label}`);

/** The labels of a column; zeros where there is none. */
function labelsOf(table: TextTable, column: string | null, path: string): Label[] {
  if (column === null) return table.rows.map(() => 0);
  return labelsOfTexts(filled(table, table.header.indexOf(column), path));
}

function splitsOf(table: TextTable, column: number, path: string): SplitName[] {
  return filled(table, column, path).map((cell, row) => {
    const split = splitOf(cell);
    if (split) return split;
    const what = `split ${cell}, known are train, validation and test`;
    throw refusal(`${path}, line ${table.firstLine + row}`, what, 'rename or drop it');
  });
}

async function* samplesOf(
  split: SplitName | null,
  rows: {
    splits: (SplitName | null)[];
    paths: string[];
    labels: Label[];
    groups: string[] | null;
  },
  path: string,
): AsyncGenerator<Sample> {
  for (const [row, own] of rows.splits.entries()) {
    if (own !== split) continue;
    const picture = { path: resolve(dirname(path), rows.paths[row]) };
    const group = rows.groups && { group: rows.groups[row] };
    yield { name: rows.paths[row], picture, label: rows.labels[row], ...group };
  }
}
