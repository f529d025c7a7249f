import { plural } from '../../../text/text.ts';
import type { ContainerOptions, Contents, PixelPart, SamplePart } from '../contents.ts';
import { pixelColumnsText } from '../pixelColumns.ts';
import { refuseOtherClasses } from '../sameClasses.ts';
import { type ShardedSplit, splitShards } from '../shards.ts';
import { type FileReference, withFile } from '../source.ts';
import { type Choice, choose, isPixelTable } from './choice.ts';
import { pixelParts } from './pixelPart.ts';
import { samplePart } from './samplePart.ts';

/**
 * Reads Parquet files: one table in shards and splits, as their names say. Pictures are files in a
 * column of bytes (or of structs with `bytes`, as Hugging Face writes them), lists of pixels, whose
 * shape the metadata state, or a column a pixel. Files are gone through page by page.
 *
 * @throws RequestError naming file and column, where rows lack something the row too
 */
export async function readParquet(
  files: readonly FileReference[],
  options: ContainerOptions,
): Promise<Contents> {
  const splits = splitShards(files);
  const first = await withFile(splits[0].files[0], (source) => choose(source, options));
  const classNames = statedNames(first);
  for (const file of splits.flatMap((split) => split.files)) {
    const own = statedNames(await withFile(file, (source) => choose(source, options)));
    if (!classNames || !own) continue;
    refuseOtherClasses([splits[0].files[0].path, { classNames }], [file.path, { classNames: own }]);
  }
  const parts: (PixelPart | SamplePart)[] = [];
  for (const split of splits) {
    if (first.pictures[0].kind === 'files') parts.push(await samplePart(split, options));
    else parts.push(...(await pixelParts(split, options)));
  }
  return { schema: schemaOf(first, splits, parts[0]), classNames, parts };
}

/** The names of the classes that the metadata state. */
const statedNames = ({ annotations, label }: Choice): string[] | null =>
  (label && annotations.classNames.get(label.name)) ?? null;

function schemaOf(
  choice: Choice,
  splits: readonly ShardedSplit<unknown>[],
  part: PixelPart | SamplePart,
) {
  const { label, split: column, passedOver } = choice;
  const rest = passedOver.map(({ name, type }) => `${name} (${type})`).join(', ');
  return {
    container: 'Parquet',
    picture: pictureText(choice, part),
    label: label ? `field ${label.name} (${label.type})` : 'none',
    split: [
      ...splits.map(({ split, files }) => `${plural(files.length, 'file')} of ${split ?? 'all'}`),
      ...(column ? [`column ${column.name}`] : []),
    ].join(', '),
    classes: statedNames(choice) ? 'class names from metadata' : 'classes are the different labels',
    notes: rest ? [`columns not read: ${rest}`] : [],
  };
}

function pictureText(choice: Choice, part: PixelPart | SamplePart): string {
  const { pictures, annotations } = choice;
  const names = pictures.map(({ name }) => name);
  if (isPixelTable(choice) && part.kind === 'pixels') return pixelColumnsText(names, part.pixels);
  const [{ name, kind, type }] = pictures;
  const tensor = annotations.tensors.get(name);
  const shape = tensor
    ? ` [${tensor.permutation.map((axis) => tensor.shape[axis]).join(', ')}]`
    : '';
  return `field ${name} (${kind === 'pixels' ? 'lists of ' : ''}${type}${shape})`;
}
