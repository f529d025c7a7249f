import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { RequestError } from '../../errors.ts';
import { soundEndings } from '../audio/endings.ts';
import type { PassedOver } from '../format.ts';

/** A file of one class. */
export interface ClassFile {
  /** Below the data set's folder, with `/` between, whatever the system's separator. */
  path: string;
  /** Index into the data set's class names. */
  label: number;
}

/** What the files of a data set are. */
export type Medium = 'images' | 'clips';

/** A data set as it lies in a folder, in an order that does not depend on the file system. */
export interface ClassFolders {
  classNames: string[];
  passedOver: PassedOver[];
  train: ClassFile[];
  /** null where no folder is set apart for testing */
  test: ClassFile[] | null;
}

/** Endings of the files that are read, in small letters; files with others are passed over. */
const endings: { [M in Medium]: string[] } = {
  images: ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.avif'],
  clips: soundEndings,
};

/** Names of the folders of training and of test files, of the latter the first that exists; in any case. */
const trainNames = ['train', 'training'];
const testNames = ['test', 'testing', 'val', 'valid', 'validation'];

const named = (folders: readonly string[], names: readonly string[]): string | undefined =>
  names.flatMap((name) => folders.filter((own) => own.toLowerCase() === name))[0];

/**
 * Finds the files of a data set: `train/<class>/…` with `test/<class>/…` beside it, or one more folder
 * whatever its name, or the classes directly in the folder. Classes and files come in the order of their names' code units.
 *
 * @throws RequestError where the folder is missing, a training class is empty, there are fewer than
 *   two classes, files of another medium are among them, or a test class has no training class
 */
export async function findClassFolders(root: string, medium: Medium): Promise<ClassFolders> {
  const names = await foldersIn(root);
  const training = named(names, trainNames);
  const split = training !== undefined && (await foldersIn(join(root, training))).length > 0;
  const trainName = split ? training : '';
  const beside = names.filter((name) => name !== training);
  const only = beside.length === 1 ? beside[0] : undefined;
  const testName = split ? (named(beside, testNames) ?? only) : undefined;
  const classNames = split ? await foldersIn(join(root, trainName)) : names;
  refuseFewClasses(join(root, trainName), classNames);
  const { files: train, others } = await filesOf(root, trainName, classNames);
  refuseEmptyClasses(join(root, trainName), classNames, train, medium);
  const held =
    testName === undefined ? null : await testFiles(root, trainName, testName, classNames);
  const test = held?.files ?? null;
  refuseMixed(root, medium, [...train, ...(test ?? [])]);
  return { classNames, train, test, passedOver: byEnding([...others, ...(held?.others ?? [])]) };
}

/** Whether a folder holds files of a medium below one of its folders. */
export async function holdsMedium(root: string, medium: Medium): Promise<boolean> {
  for (const name of await foldersIn(root).catch(() => [])) {
    for await (const path of filesBelow(join(root, name))) {
      if (hasEnding(path, medium)) return true;
    }
  }
  return false;
}

async function testFiles(root: string, trainName: string, testName: string, classNames: string[]) {
  const folder = join(root, testName);
  const unknown = (await foldersIn(folder)).find((name) => !classNames.includes(name));
  if (unknown !== undefined) {
    throw new RequestError(
      `${join(folder, unknown)}: the class is not among those of ${trainName} (${classNames.join(', ')}); ` +
        `rename it, or add ${join(root, trainName, unknown)}`,
    );
  }
  const found = await filesOf(root, testName, classNames);
  if (found.files.length > 0) return found;
  throw new RequestError(
    `${folder}: holds no files to test on; fill it, or remove it to hold some of ${trainName} out`,
  );
}

/** The visible folders in a folder, links to folders too, sorted by code units. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new RequestError(
        `dataset ${folder}: cannot be read as a folder (${error.code}); give a folder that holds ` +
          'train/<class>/ and test/<class>/, or one folder a class',
      );
    },
  );
  const kept: string[] = [];
  for (const entry of entries) if (await isFolder(folder, entry)) kept.push(entry.name);
  return kept.sort();
}

async function isFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (entry.name.startsWith('.')) return false;
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await stat(join(parent, entry.name)).catch(() => null);
  return target?.isDirectory() ?? false;
}

/** The files of every class that exists below `root/part`, class by class, sorted; and the others. */
async function filesOf(root: string, part: string, classNames: string[]) {
  const present = new Set(await foldersIn(join(root, part)));
  const files: ClassFile[] = [];
  const others: string[] = [];
  for (const [label, name] of classNames.entries()) {
    if (!present.has(name)) continue;
    const start = part === '' ? name : `${part}/${name}`;
    for await (const path of filesBelow(join(root, start), start)) {
      if (isData(path)) files.push({ path, label });
      else others.push(path);
    }
  }
  return { files: files.sort(byLabelAndPath), others };
}

const byLabelAndPath = (one: ClassFile, other: ClassFile): number =>
  one.label - other.label || (one.path < other.path ? -1 : 1);

/** The paths of the visible files below a folder, deeper ones too, with `/` between their parts. */
async function* filesBelow(folder: string, start = ''): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new RequestError(
        `${folder}: cannot be read (${code}); allow it, or give it a name in UTF-8`,
      );
    },
  );
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = `${start}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name), path);
    else yield path;
  }
}

const hasEnding = (path: string, medium: Medium): boolean =>
  endings[medium].includes(extname(path).toLowerCase());

const isData = (path: string): boolean => hasEnding(path, 'images') || hasEnding(path, 'clips');

/** Files that are not read, by their endings. */
function byEnding(paths: readonly string[]): PassedOver[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const ending = extname(path).toLowerCase();
    groups.set(ending, [...(groups.get(ending) ?? []), path]);
  }
  return Array.from(groups, ([ending, own]) => ({
    reason: ending === '' ? 'files without an ending' : `files ending in ${ending}`,
    count: own.length,
    example: own[0],
  }));
}

function refuseMixed(root: string, medium: Medium, files: readonly ClassFile[]): void {
  const other = files.find(({ path }) => !hasEnding(path, medium));
  if (!other) return;
  const own = files.find(({ path }) => hasEnding(path, medium));
  const [image, clip] = medium === 'images' ? [own, other] : [other, own];
  throw new RequestError(
    `dataset ${root}: holds images and sound clips (${image?.path}, ${clip?.path}); ` +
      'keep one kind and move the other elsewhere',
  );
}

function refuseFewClasses(folder: string, classNames: string[]): void {
  if (classNames.length >= 2) return;
  const found = classNames.length === 0 ? 'no class folders' : `one class (${classNames[0]})`;
  throw new RequestError(
    `dataset ${folder}: holds ${found}; a data set needs a folder for each of two classes or more`,
  );
}

function refuseEmptyClasses(
  folder: string,
  classNames: string[],
  files: readonly ClassFile[],
  medium: Medium,
): void {
  const empty = classNames.find((_, label) => files.every((file) => file.label !== label));
  if (empty === undefined) return;
  throw new RequestError(
    `${join(folder, empty)}: the class is empty, it holds no file ending in ` +
      `${endings[medium].join(', ')}; fill the folder or remove it`,
  );
}
