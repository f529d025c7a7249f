import type { ContainerOptions, Label, PixelPart } from '../contents.ts';
import { readPixelColumns } from '../pixelColumns.ts';
import { type Pixels, readPixels } from '../pixels.ts';
import { refusal } from '../refusal.ts';
import type { ShardedSplit } from '../shards.ts';
import { type ByteSource, type FileReference, withFile } from '../source.ts';
import { type Choice, choose, groupsOf, isPixelTable, labelsOf } from './choice.ts';
import { columnPixels } from './columnPixels.ts';
import { pixelArray, refuseOtherCount } from './rows.ts';

/** The pictures of a split's shards, numbers already, one shard behind the other. */
export async function pixelPart(
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
  const groups = await groupsOf(source, choice);
  const found = await labelsOf(source, choice);
  if (found) refuseOtherCount(source, choice.table.rows, found.length);
  const pixels = await (isPixelTable(choice) ? tablePixels : listPixels)(source, choice, options);
  const labels: Label[] = found ?? new Array(pixels.count).fill(0);
  return { kind: 'pixels', split: null, pixels, labels, ...(groups && { groups }) };
}

async function listPixels(
  source: ByteSource,
  { table, annotations, pictures: [column] }: Choice,
  options: ContainerOptions,
): Promise<Pixels> {
  const tensor = annotations.tensors.get(column.name);
  const array = await pixelArray(source, table, column, tensor, options);
  return readPixels(array, options, source.path);
}

/** Of a table with a column a pixel. */
function tablePixels(
  source: ByteSource,
  { table, pictures }: Choice,
  options: ContainerOptions,
): Promise<Pixels> {
  const names = pictures.map(({ name }) => name);
  return readPixelColumns(names, columnPixels(source, table, pictures), options, source.path);
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
