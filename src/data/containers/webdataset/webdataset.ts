import { plural } from '../../../text/text.ts';
import type { ContainerOptions, Contents, Label, Sample } from '../contents.ts';
import { fieldOption, readFieldName, splitOf } from '../fields.ts';
import { npyArraysIn } from '../npz.ts';
import { readPixels } from '../pixels.ts';
import { refusal } from '../refusal.ts';
import { type ShardedSplit, splitShards } from '../shards.ts';
import { utf8Text } from '../utf8.ts';
import { type SampleFiles, sampleGroups } from './group.ts';
import { tarMembers } from './members.ts';

/** A tar archive: where it lies, and its bytes, unpacked where they are packed. */
export interface TarFile {
  path: string;
  pieces(): AsyncIterable<Uint8Array>;
}

/** Endings of pictures and of labels; of several the first that a sample has. */
const pictureEndings = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'tif', 'tiff', 'avif', 'npy'];
const labelEndings = ['cls', 'cls.txt', 'label', 'label.txt', 'cls.json', 'json', 'txt'];

/**
 * Reads tars of samples, WebDataset's shards: files of one name are one sample, `000000.png` beside
 * `000000.cls`. Splits are told by the shards' names, else by the folder in a sample's name. The
 * first sample says which ending holds the picture and which the label.
 *
 * @throws RequestError naming archive and sample where one lacks its picture or label
 */
export async function readWebDataset(
  files: readonly TarFile[],
  options: ContainerOptions,
): Promise<Contents> {
  const splits = splitShards(files);
  const fields = await fieldsOf(splits[0].files[0], options);
  return {
    schema: {
      container: 'WebDataset',
      picture: `field ${fields.picture} (files of that ending)`,
      label: `field ${fields.label}`,
      split: splits
        .map(({ split, files }) => `${plural(files.length, 'file')} of ${split ?? 'all'}`)
        .join(', '),
      ...{ classes: 'classes are the different labels', notes: fields.notes },
    },
    classNames: null,
    parts: splits.map((split) => ({
      kind: 'samples',
      split: split.split,
      samples: () => samplesOf(split, fields, options),
    })),
  };
}

interface Fields {
  picture: string;
  label: string;
  notes: string[];
}

async function fieldsOf({ path, pieces }: TarFile, options: ContainerOptions): Promise<Fields> {
  for await (const { key, files } of sampleGroups(tarMembers(pieces(), path), path)) {
    const endings = [...files.keys()];
    const pictures = endings.filter((ending) => pictureEndings.includes(ending.toLowerCase()));
    const label = options.label ?? labelEndings.find((ending) => files.has(ending));
    const picture = options.picture ?? (pictures.length === 1 ? pictures[0] : undefined);
    if (picture === undefined || label === undefined) {
      const what = picture === undefined ? 'one picture' : 'a label';
      throw refusal(
        `${path}, sample ${key}`,
        `which file is ${what} cannot be told; it has ${endings.join(', ')}`,
        `name the endings by ${fieldOption('picture')} and ${fieldOption('label')}`,
      );
    }
    const rest = endings.filter((ending) => ending !== picture && ending !== label);
    const notes = rest.length > 0 ? [`endings not read: ${rest.join(', ')}`] : [];
    if (/\./.test(key.split('/').at(-1)!))
      notes.push('samples whose names have dots are told apart by the last one');
    return { picture, label, notes };
  }
  throw refusal(
    path,
    'holds no samples',
    'name a tar with files such as 000000.png and 000000.cls',
  );
}

async function* samplesOf(
  { files }: ShardedSplit<TarFile>,
  fields: Fields,
  options: ContainerOptions,
): AsyncGenerator<Sample> {
  for (const { path, pieces } of files) {
    for await (const group of sampleGroups(tarMembers(pieces(), path), path)) {
      yield sampleOf(group, fields, options, `${path}, sample ${group.key}`);
    }
  }
}

async function sampleOf(
  { key, files }: SampleFiles,
  { picture, label }: Fields,
  options: ContainerOptions,
  name: string,
): Promise<Sample> {
  const bytes = files.get(picture);
  const text = files.get(label);
  if (!bytes || !text) {
    const there = [...files.keys()].join(', ');
    throw refusal(
      name,
      `lacks .${bytes ? label : picture}; it has ${there}`,
      'drop or complete it',
    );
  }
  const [folder] = key.split('/');
  return {
    name,
    picture:
      picture.toLowerCase() === 'npy'
        ? { pixels: await pixelsOf(bytes, options, name) }
        : { bytes },
    label: labelOf(label, text, name),
    split: splitOf(folder) ?? undefined,
  };
}

/** One picture of a .npy member, [h, w] or with channels. */
async function pixelsOf(bytes: Uint8Array, options: ContainerOptions, name: string) {
  const [array, ...others] = await npyArraysIn(bytes, name);
  if (others.length > 0 || array.shape.length < 2)
    throw refusal(name, 'its .npy is no picture', 'save one array');
  const order = array.fortran ? { axes: array.shape.length === 2 ? 'hwn' : undefined } : {};
  if (array.fortran && array.shape.length > 2)
    throw refusal(name, 'is in Fortran order', 'save it in C order');
  const shape = array.fortran ? [...array.shape, 1] : [1, ...array.shape];
  return readPixels({ ...array, ...order, shape }, options, name);
}

function labelOf(ending: string, bytes: Uint8Array, name: string): Label {
  const text = utf8Text(bytes, `${name}, .${ending}`).trim();
  const value = ending.endsWith('json') ? jsonLabel(text, name) : text;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && value !== '')
    return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  throw refusal(name, `its label is ${JSON.stringify(value)?.slice(0, 80)}`, 'give it one class');
}

/** The label in a JSON file: its whole content, or what it holds under `label`, `cls`, `class` or the like. */
function jsonLabel(text: string, name: string): unknown {
  const content = parsed(text, name);
  if (typeof content !== 'object' || content === null) return content;
  const labels = Object.entries(content).filter(([key]) => readFieldName(key).role === 'label');
  if (labels.length === 1) return labels[0][1];
  throw refusal(name, 'its JSON names no label, or several', 'call it label, or write it as .cls');
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(name, 'its JSON cannot be read', 'write it again');
  }
}
