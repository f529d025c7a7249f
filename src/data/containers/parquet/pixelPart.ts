import type { ContainerOptions, Label, PixelPart, SplitName } from '../contents.ts';
import { readPixelColumns } from '../pixelColumns.ts';
import { type Pixels, readPixels } from '../pixels.ts';
import { refusal } from '../refusal.ts';
import type { ShardedSplit } from '../shards.ts';
import { type ByteSource, type FileReference, withFile } from '../source.ts';
import { bySplit } from '../splits.ts';
import { type Choice, choose, groupsOf, isPixelTable, labelsOf, splitsOf } from './choice.ts';
import { columnPixels } from './columnPixels.ts';
import { pixelArray, refuseOtherCount } from './rows.ts';

/** The pictures of a shard, and the split of each, where a column names them. */
interface Shard extends PixelPart {
  splits: SplitName[] | null;
}

/**
 * The pictures of a split's shards, numbers already, one shard behind the other; where a column names splits, those of
 * each.
 */
export async function pixelParts(
  { split, files }: ShardedSplit<FileReference>,
  options: ContainerOptions,
): Promise<PixelPart[]> {
  const shards: Shard[] = [];
  for (const file of files) {
    shards.push(await withFile(file, (source) => pixelsIn(source, options, split)));
  }
  const labels = ([] as Label[]).concat(...shards.map((shard) => shard.labels));
  const groups = shards.flatMap((shard) => shard.groups ?? []);
  const splits = shards.flatMap((shard) => shard.splits ?? []);
  const whole: PixelPart = {
    kind: 'pixels',
    split,
    ...(groups.length > 0 && { groups }),
    pixels: joined(
      shards.map(({ pixels }) => pixels),
      files,
    ),
    labels,
  };
  if (splits.length === 0) return [whole];
  const without = shards.findIndex((shard) => shard.splits === null);
  if (without < 0) return bySplit(whole, splits);
  const what = 'has no column that names splits, as other shards have';
  throw refusal(files[without].path, what, 'write all alike');
}

async function pixelsIn(
  source: ByteSource,
  options: ContainerOptions,
  stated: SplitName | null,
): Promise<Shard> {
  const choice = await choose(source, options);
  const splits = await splitsOf(source, choice, stated);
  const groups = await groupsOf(source, choice);
  const found = await labelsOf(source, choice);
  if (found) refuseOtherCount(source, choice.table.rows, found.length);
  const pixels = await (isPixelTable(choice) ? tablePixels : listPixels)(source, choice, options);
  const labels: Label[] = found ?? new Array(pixels.count).fill(0);
  return { kind: 'pixels', split: null, splits, pixels, labels, ...(groups && { groups }) };
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
