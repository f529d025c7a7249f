import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { RequestError } from '../../errors.ts';

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
  medium: Medium;
  train: ClassFile[];
  /** null where no folder is set apart for testing */
  test: ClassFile[] | null;
}

/** Endings of the files that are read, in small letters; files with others are passed over. */
const endings: { [M in Medium]: string[] } = {
  images: ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.avif'],
  clips: ['.wav', '.wave'],
};

/** Names of the folder of test files beside `train`, the first that exists. */
const testNames = ['test', 'val', 'validation'];

/**
 * Finds the files of a data set: `train/<class>/…` with `test/<class>/…` beside it, or the classes
 * directly in the folder. Classes and files come in the order of their names' code units.
 *
 * @throws RequestError where the folder is missing, a training class is empty, there are fewer than
 *   two classes, images and clips are mixed, or a test class has no training class
 */
export async function findClassFolders(root: string): Promise<ClassFolders> {
  const names = await foldersIn(root);
  const split = names.includes('train') && (await foldersIn(join(root, 'train'))).length > 0;
  const testName = split ? testNames.find((name) => names.includes(name)) : undefined;
  const trainName = split ? 'train' : '';
  const classNames = split ? await foldersIn(join(root, trainName)) : names;
  refuseFewClasses(join(root, trainName), classNames);
  const train = await filesOf(root, trainName, classNames);
  const medium = mediumOf(root, train);
  refuseEmptyClasses(join(root, trainName), classNames, train, medium);
  if (testName === undefined) return { classNames, medium, train, test: null };
  const test = await testFiles(root, testName, classNames);
  if (mediumOf(root, test) !== medium) throw mixed(root, train, test);
  return { classNames, medium, train, test };
}

async function testFiles(root: string, testName: string, classNames: string[]) {
  const folder = join(root, testName);
  const unknown = (await foldersIn(folder)).find((name) => !classNames.includes(name));
  if (unknown !== undefined) {
    throw new RequestError(
      `${join(folder, unknown)}: the class is not among those of train (${classNames.join(', ')}); ` +
        `rename it, or add ${join(root, 'train', unknown)}`,
    );
  }
  const files = await filesOf(root, testName, classNames);
  if (files.length > 0) return files;
  throw new RequestError(
    `${folder}: holds no files to test on; fill it, or remove it to hold some of train out`,
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

/** The files of every class that exists below `root/part`, class by class, sorted. */
async function filesOf(root: string, part: string, classNames: string[]): Promise<ClassFile[]> {
  const present = new Set(await foldersIn(join(root, part)));
  const files: ClassFile[] = [];
  for (const [label, name] of classNames.entries()) {
    if (!present.has(name)) continue;
    const found = await readdir(join(root, part, name), { recursive: true });
    const start = part === '' ? name : `${part}/${name}`;
    const paths = found.filter(isData).map((path) => `${start}/${path.split(sep).join('/')}`);
    files.push(...paths.sort().map((path) => ({ path, label })));
  }
  return files;
}

const hasEnding = (path: string, medium: Medium): boolean =>
  endings[medium].includes(extname(path).toLowerCase());

const isData = (path: string): boolean =>
  !/(^|[/\\])\./.test(path) && (hasEnding(path, 'images') || hasEnding(path, 'clips'));

function mediumOf(root: string, files: readonly ClassFile[]): Medium {
  const images = files.filter(({ path }) => hasEnding(path, 'images'));
  if (images.length === 0 && files.length > 0) return 'clips';
  if (images.length === files.length) return 'images';
  throw mixed(
    root,
    images,
    files.filter((file) => !images.includes(file)),
  );
}

function mixed(root: string, some: readonly ClassFile[], others: readonly ClassFile[]) {
  return new RequestError(
    `dataset ${root}: holds images and sound clips (${some[0].path}, ${others[0].path}); ` +
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
