import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { option } from '../../errors.ts';
import { plural } from '../../text/text.ts';
import type { Format } from '../format.ts';
import { noGroups } from '../groups.ts';
import type { SettingValues } from '../settings.ts';
import { assemble } from './assemble.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { splitOfFile } from './fields.ts';
import { refusal } from './refusal.ts';
import { refuseOtherClasses } from './sameClasses.ts';

/** What one kind of containers is: its files, and how they are read. */
interface ContainerTraits {
  holds: string;
  /** whether a file is one, by its name alone */
  belongs(path: string): boolean;
  /** how sure a folder with such files is one, where a file is 0.95 */
  folder?: number;
  /** whether its fields have names of their own, so that one may be asked for */
  fields?: boolean;
  /** whether a column may tell what belongs together */
  groups?: boolean;
  /** @param paths the files, sorted by their names */
  read(paths: string[], options: ContainerOptions): Promise<Contents>;
}

/** A format whose content can be had as it lies in the file, not yet a data set. */
export interface ContainerFormat extends Format {
  /**
   * Finds the pictures that a path holds; they need no labels.
   * @throws RequestError naming the file that does not fit
   */
  contents(path: string, settings: SettingValues): Promise<Contents>;
}

/** The format of a file, or of a folder with such files in it or in its `data`. */
export const containerFormat = ({
  holds,
  belongs,
  folder = 0.8,
  fields = true,
  groups = false,
  read,
}: ContainerTraits): ContainerFormat => ({
  holds,
  version: 1,
  settings: [
    ...(['imageSize', 'imageChannels', 'imageRange'] as const),
    ...(fields ? (['pictureField', 'labelField'] as const) : []),
    ...(groups ? (['groupField'] as const) : []),
  ],
  async recognise(path) {
    const files = await filesAt(path, belongs);
    if (files.length === 0) return 0;
    return files.includes(path) ? 0.95 : folder;
  },
  async open(path, settings, options) {
    refuseAuto(path, settings);
    const paths = await filesAt(path, belongs);
    const contents = await read(paths, containerOptions(settings));
    if (String(paths) === path) contents.schema.notes.push(...(await besideNotes(path)));
    return assemble(contents, path, settings, options);
  },
  async contents(path, settings) {
    refuseAuto(path, settings);
    const options = { ...containerOptions(settings), unlabelled: true, group: undefined };
    return read(await filesAt(path, belongs), options);
  },
});

function containerOptions(settings: SettingValues): ContainerOptions {
  const { imageSize, imageRange, pictureField, labelField, groupField } = settings;
  return {
    size: imageSize === 'auto' ? undefined : imageSize,
    range: typeof imageRange === 'string' ? undefined : imageRange,
    picture: pictureField === 'auto' ? undefined : pictureField,
    label: labelField === 'auto' ? undefined : labelField,
    group: groupField === noGroups ? undefined : groupField,
  };
}

/** What a container holds goes by once, so that its range has to be known before. */
function refuseAuto(path: string, { imageRange }: SettingValues): void {
  if (imageRange !== 'auto') return;
  const what = `${option('imageRange')} auto: a container is not searched for its least and greatest value`;
  throw refusal(path, what, 'say both, as in 0:4095');
}

async function filesAt(path: string, belongs: (path: string) => boolean): Promise<string[]> {
  const status = await stat(path).catch(() => null);
  if (!status?.isDirectory()) return status && belongs(basename(path)) ? shardsOf(path) : [];
  for (const folder of [path, join(path, 'data')]) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    const own = files.map(({ name }) => name).filter((n) => !n.startsWith('.') && belongs(n));
    if (own.length > 0) return own.sort().map((name) => join(folder, name));
  }
  return [];
}

/** A shard with those beside it that its name counts, `train-00000-of-00002`; any other file alone. */
async function shardsOf(path: string): Promise<string[]> {
  const number = /\d+(?=-of-\d+)/;
  const pattern = (name: string) => name.replace(number, '');
  if (!number.test(basename(path))) return [path];
  const names = await readdir(dirname(path));
  const own = names.filter(
    (name) => number.test(name) && pattern(name) === pattern(basename(path)),
  );
  return own.sort().map((name) => join(dirname(path), name));
}

/** Tars and others that are numbered, but do not say how many there are, are read alone: that is told. */
async function besideNotes(path: string): Promise<string[]> {
  const unnumbered = (name: string) => name.replace(/\d+(?=\.[a-z.]+$)/i, '#');
  const own = unnumbered(basename(path));
  if (!own.includes('#')) return [];
  const names = await readdir(dirname(path));
  const others = names.filter((name) => name !== basename(path) && unnumbered(name) === own);
  if (others.length === 0) return [];
  const which = `${plural(others.length, 'file')} beside it, such as ${others.sort()[0]}`;
  return [`not read: ${which}; name the folder to read all as one data set`];
}

/** Reads containers that hold a table each; the splits of several are told by the files' names. */
export async function readEach(
  paths: readonly string[],
  read: (path: string) => Promise<Contents>,
): Promise<Contents> {
  const all: Contents[] = [];
  for (const path of paths) all.push(await read(path));
  all.forEach((contents, i) => {
    refuseOtherClasses([paths[0], all[0]], [paths[i], contents]);
  });
  const parts = all.flatMap((contents, i) =>
    contents.parts.map((part) => ({ ...part, split: part.split ?? splitOfFile(paths[i]) })),
  );
  const [{ schema, classNames }] = all;
  if (paths.length === 1) return { schema, classNames, parts };
  const split = paths.map((path) => `${basename(path)} is ${splitOfFile(path) ?? 'as it says'}`);
  return { schema: { ...schema, split: split.join(', ') }, classNames, parts };
}

/** A test of a file's ending, whatever its case. */
export const endsIn =
  (...endings: string[]) =>
  (path: string): boolean =>
    endings.some((ending) => path.toLowerCase().endsWith(ending));
