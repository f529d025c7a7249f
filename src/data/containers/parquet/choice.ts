import type { ContainerOptions, Label, SplitName } from '../contents.ts';
import {
  fieldOf,
  groupFieldOf,
  isSplitField,
  type Role,
  readFieldName,
  splitNamed,
} from '../fields.ts';
import { labelsOfTexts } from '../labels.ts';
import { pixelColumns } from '../pixelColumns.ts';
import { refusal } from '../refusal.ts';
import type { ByteSource } from '../source.ts';
import { type Annotations, readAnnotations } from './metadata.ts';
import { readLabelColumn } from './rows.ts';
import { type Column, readTable, type Table } from './table.ts';

/** The columns of a table that are read, and what is known of them. */
export interface Choice {
  table: Table;
  annotations: Annotations;
  /** the column of the pictures; or those of their pixels, a column each, row by row of the picture */
  pictures: Column[];
  /** null where pictures need no labels */
  label: Column | null;
  /** what tells which rows belong together, where that is asked for */
  group: Column | null;
  /** what names the split of each row, where a column of texts does */
  split: Column | null;
  passedOver: Column[];
}

/** The names of columns by what they are read for. */
interface Names {
  pictures: string[];
  label: string | null;
  group: string | null;
}

/**
 * Reads what a table says of itself, and tells which columns are read.
 *
 * @throws RequestError naming the columns where it is not plain which is the picture or the label
 */
export async function choose(source: ByteSource, options: ContainerOptions): Promise<Choice> {
  const table = await readTable(source);
  const annotations = readAnnotations(table);
  const isIndex = ({ name }: Column) =>
    annotations.index.includes(name) || name.startsWith('__index_level_');
  const columns = table.columns.filter((column) => !isIndex(column));
  const { path } = source;
  const names = pixelTable(columns, options, path) ?? namesOf(columns, options, path);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const found = (name: string | null) => (name === null ? null : byName.get(name)!);
  const pictures = names.pictures.map((name) => byName.get(name)!);
  const [label, group] = [found(names.label), found(names.group)];
  const used = new Set([...pictures, label, group]);
  const namesSplits = (column: Column) =>
    column.kind === 'text' && isSplitField(column.name) && !used.has(column);
  const split = (!options.unlabelled && columns.find(namesSplits)) || null;
  const passedOver = table.columns.filter((column) => !used.has(column) && column !== split);
  return { table, annotations, pictures, label, group, split, passedOver };
}

function namesOf(columns: readonly Column[], options: ContainerOptions, path: string): Names {
  const named = (...kinds: Column['kind'][]) =>
    columns.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const subject = `${path} (${columns.map(({ name, type }) => `${name}: ${type}`).join(', ')})`;
  const pictures = named('files', 'pixels');
  const isOnly = pictures.length === 1 && options.picture === undefined;
  refuseKindOf('picture', columns, options, ['files', 'pixels'], path);
  if (!options.unlabelled) refuseKindOf('label', columns, options, ['numbers', 'text'], path);
  const picture = isOnly ? pictures[0] : fieldOf('picture', pictures, options, subject);
  const others = named('numbers', 'text');
  const label = options.unlabelled ? null : fieldOf('label', others, options, subject);
  return { pictures: [picture], label, group: groupFieldOf(others, options, subject) };
}

const remedies = {
  picture: 'write PNG or JPEG files into it, or lists of uint8 or float32',
  label: 'write whole numbers or texts into it',
};

/** @throws RequestError where the only columns that are called, or asked for, as a role demands hold what cannot be it */
function refuseKindOf(
  role: Role,
  columns: readonly Column[],
  options: ContainerOptions,
  kinds: Column['kind'][],
  path: string,
): void {
  const asked = options[role];
  const called = columns.filter(({ name }) =>
    asked === undefined ? readFieldName(name).role === role : name === asked,
  );
  const fitting = columns.filter(({ kind }) => kinds.includes(kind));
  const isOther = role === 'picture' && asked === undefined && fitting.length > 0;
  if (called.length === 0 || isOther || called.some((column) => fitting.includes(column))) return;
  const [{ name, kind, type }] = called;
  const what = `holds ${kind === 'pixels' ? 'lists of ' : ''}${type}, which is no ${role}`;
  throw refusal(`${path}, column ${name}`, what, remedies[role]);
}

/** The same where each pixel is a column, and no column holds pictures; else null. */
function pixelTable(
  columns: readonly Column[],
  options: ContainerOptions,
  path: string,
): Names | null {
  const holdsPictures = columns.some(({ kind }) => kind === 'files' || kind === 'pixels');
  if (holdsPictures || options.picture !== undefined) return null;
  const all = columns.map(({ name }) => name);
  const found = pixelColumns(all, options, path);
  if (!found) return null;
  const { pixels: pictures, label, group } = found;
  refuseKinds(columns, new Set(pictures), ['numbers'], path);
  refuseKinds(columns, new Set([label, group]), ['numbers', 'text'], path);
  return { pictures, label, group };
}

function refuseKinds(
  columns: readonly Column[],
  names: ReadonlySet<string | null>,
  kinds: Column['kind'][],
  path: string,
): void {
  const wrong = columns.find(({ name, kind }) => names.has(name) && !kinds.includes(kind));
  if (!wrong) return;
  const what = `holds ${wrong.type}, where ${kinds.join(' or ')} must stand`;
  throw refusal(`${path}, column ${wrong.name}`, what, 'write the table so');
}

/** Whether each pixel is a column of its own. */
export const isPixelTable = ({ pictures }: Choice): boolean => pictures.length > 1;

/** The labels of a table, null where pictures need none; of a table of pixels read as those of a table of text. */
export async function labelsOf(source: ByteSource, choice: Choice): Promise<Label[] | null> {
  const { table, label } = choice;
  const labels = label && (await readLabelColumn(source, table, label));
  const areTexts = labels?.every((own) => typeof own === 'string');
  return areTexts && isPixelTable(choice) ? labelsOfTexts(labels as string[]) : labels;
}

/** What each row belongs to; null where that is not asked for. */
export async function groupsOf(
  source: ByteSource,
  { table, group }: Choice,
): Promise<string[] | null> {
  return group && (await readLabelColumn(source, table, group)).map(String);
}

/**
 * The split of each row; null where no column names them.
 *
 * @param stated what the file's own name says
 * @throws RequestError naming the row whose split is called as none is, or is not the file's
 */
export async function splitsOf(
  source: ByteSource,
  { table, split }: Choice,
  stated: SplitName | null,
): Promise<SplitName[] | null> {
  if (!split) return null;
  const words = (await readLabelColumn(source, table, split)).map(String);
  return words.map((word, row) => {
    const where = `${source.path}, row ${row}`;
    const found = splitNamed(word, where);
    if (stated === null || found === stated) return found;
    const what = `split ${word}, but its file is of ${stated}`;
    throw refusal(where, what, 'drop the column, or rename the file');
  });
}
