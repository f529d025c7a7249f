import type {
  ContainerOptions,
  Contents,
  Label,
  PixelPart,
  Sample,
  SamplePart,
} from '../contents.ts';
import { fieldOf, groupFieldOf } from '../fields.ts';
import { type Pixels, readPixels } from '../pixels.ts';
import { refusal } from '../refusal.ts';
import { type ShardedSplit, splitShards } from '../shards.ts';
import { type ByteSource, type FileReference, withFile } from '../source.ts';
import { type Annotations, readAnnotations } from './metadata.ts';
import { columnBatches, pixelArray, readLabelColumn, rowsOf, withoutValue } from './rows.ts';
import { type Column, readTable, type Table } from './table.ts';

/** The columns of a table that are read, and what is known of them. */
interface Choice {
  table: Table;
  annotations: Annotations;
  picture: Column;
  label: Column;
  /** what tells which rows belong together, where that is asked for */
  group: Column | null;
  passedOver: Column[];
}

/** No file of a picture is smaller. */
const smallestPicture = 16;

/**
 * Reads Parquet files: one table in shards and splits, as their names say. Pictures are files in a
 * column of bytes (or of structs with `bytes`, as Hugging Face writes them), or lists of pixels,
 * whose shape the metadata state. Files are gone through page by page.
 *
 * @throws RequestError naming file and column, where rows lack something the row too
 */
export async function readParquet(
  files: readonly FileReference[],
  options: ContainerOptions,
): Promise<Contents> {
  const splits = splitShards(files);
  const first = await withFile(splits[0].files[0], (source) => choose(source, options));
  const parts: (PixelPart | SamplePart)[] = [];
  for (const split of splits) {
    if (first.picture.kind === 'pixels') parts.push(await pixelPart(split, options));
    else parts.push(await samplePart(split, options));
  }
  return {
    schema: schemaOf(first, splits),
    classNames: first.annotations.classNames.get(first.label.name) ?? null,
    parts,
  };
}

async function choose(source: ByteSource, options: ContainerOptions): Promise<Choice> {
  const table = await readTable(source);
  const annotations = readAnnotations(table);
  const { columns } = table;
  const isIndex = ({ name }: Column) =>
    annotations.index.includes(name) || name.startsWith('__index_level_');
  const named = (kinds: Column['kind'][]) =>
    columns
      .filter((column) => kinds.includes(column.kind) && !isIndex(column))
      .map(({ name }) => name);
  const subject = `${source.path} (${columns.map(({ name, type }) => `${name}: ${type}`).join(', ')})`;
  const pictureNames = named(['files', 'pixels']);
  const only = pictureNames.length === 1 && options.picture === undefined ? pictureNames[0] : null;
  const picture = only ?? fieldOf('picture', pictureNames, options, subject);
  const label = fieldOf('label', named(['numbers', 'text']), options, subject);
  const group = groupFieldOf(named(['numbers', 'text']), options, subject);
  const byName = (wanted: string) => columns.find(({ name }) => name === wanted)!;
  const passedOver = columns.filter(({ name }) => ![picture, label, group].includes(name));
  return {
    ...{ table, annotations, picture: byName(picture), label: byName(label) },
    ...{ group: group === null ? null : byName(group), passedOver },
  };
}

/** What each row belongs to; null where that is not asked for. */
async function groupsOf(source: ByteSource, { table, group }: Choice): Promise<string[] | null> {
  return group && (await readLabelColumn(source, table, group)).map(String);
}

async function samplePart(
  split: ShardedSplit<FileReference>,
  options: ContainerOptions,
): Promise<SamplePart> {
  let count = 0;
  for (const file of split.files) count += await withFile(file, picturesOf);
  return { kind: 'samples', split: split.split, count, samples: () => samplesOf(split, options) };
}

/** As many as a table says, and as its bytes can hold: what is claimed beyond is not believed. */
const picturesOf = async (source: ByteSource): Promise<number> =>
  Math.min((await readTable(source)).rows, Math.ceil(source.size / smallestPicture));

async function* samplesOf({ files }: ShardedSplit<FileReference>, options: ContainerOptions) {
  for (const file of files) {
    const source = await file.open();
    try {
      yield* samplesIn(source, await choose(source, options));
    } finally {
      await source.close();
    }
  }
}

async function* samplesIn(source: ByteSource, choice: Choice): AsyncGenerator<Sample> {
  const { table, picture: column, label } = choice;
  const labels = await readLabelColumn(source, table, label);
  const groups = await groupsOf(source, choice);
  let row = 0;
  for await (const batch of columnBatches(source, table, column)) {
    for (const bytes of rowsOf(batch)) {
      const name = `${source.path}, row ${row}`;
      if (bytes === null) throw withoutValue(`${source.path}, column ${column.name}`, [row]);
      if (row >= labels.length) refuseOtherCount(source, row + 1, labels.length);
      const picture = { bytes: bytes as Uint8Array };
      yield { name, picture, label: labels[row], group: groups?.[row] };
      row++;
    }
  }
  refuseOtherCount(source, row, labels.length);
}

/** The shards of a split one behind the other. */
async function pixelPart(
  { split, files }: ShardedSplit<FileReference>,
  options: ContainerOptions,
): Promise<PixelPart> {
  const parts: PixelPart[] = [];
  for (const file of files) parts.push(await withFile(file, (source) => pixelsIn(source, options)));
  const labels = ([] as Label[]).concat(...parts.map((part) => part.labels));
  const groups = parts.flatMap((part) => part.groups ?? []);
  return {
    kind: 'pixels',
    split,
    ...(groups.length > 0 && { groups }),
    pixels: joined(
      parts.map(({ pixels }) => pixels),
      files,
    ),
    labels,
  };
}

async function pixelsIn(source: ByteSource, options: ContainerOptions): Promise<PixelPart> {
  const choice = await choose(source, options);
  const { table, annotations, picture, label } = choice;
  const groups = await groupsOf(source, choice);
  const labels = await readLabelColumn(source, table, label);
  const tensor = annotations.tensors.get(picture.name);
  const array = await pixelArray(source, table, picture, tensor, options);
  const pixels = await readPixels(array, options, source.path);
  refuseOtherCount(source, pixels.count, labels.length);
  return { kind: 'pixels', split: null, pixels, labels, ...(groups && { groups }) };
}

function joined(parts: Pixels[], files: readonly FileReference[]): Pixels {
  const [first] = parts;
  if (parts.length === 1) return first;
  const form = ({ channels, height, width }: Pixels) => `${height}x${width} of ${channels}`;
  const other = parts.findIndex((part) => form(part) !== form(first));
  if (other >= 0) {
    const what = `holds pictures ${form(parts[other])}, the first shard ${form(first)}`;
    throw refusal(files[other].path, what, 'bring all to one form');
  }
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { ...first, count, images: Buffer.concat(parts.map(({ images }) => images)) };
}

function refuseOtherCount({ path }: ByteSource, pictures: number, labels: number): void {
  if (pictures === labels) return;
  throw refusal(path, `holds ${pictures} pictures and ${labels} labels`, 'write the file again');
}

function schemaOf(
  { picture, label, passedOver, annotations }: Choice,
  splits: readonly ShardedSplit<FileReference>[],
) {
  const names = annotations.classNames.get(label.name);
  const tensor = annotations.tensors.get(picture.name);
  const shape = tensor
    ? ` [${tensor.permutation.map((axis) => tensor.shape[axis]).join(', ')}]`
    : '';
  const rest = passedOver.map(({ name, type }) => `${name} (${type})`).join(', ');
  return {
    container: 'Parquet',
    picture: `field ${picture.name} (${picture.kind === 'pixels' ? 'lists of ' : ''}${picture.type}${shape})`,
    label: `field ${label.name} (${label.type})`,
    split: splits
      .map(({ split, files }) => `${files.length} file(s) of ${split ?? 'all'}`)
      .join(', '),
    classes: names ? 'class names from metadata' : 'classes are the different labels',
    notes: rest ? [`columns not read: ${rest}`] : [],
  };
}
