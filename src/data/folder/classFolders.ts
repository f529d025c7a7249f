import { extname, join } from 'node:path';
import { option, RequestError } from '../../errors.ts';
import { plural } from '../../text/text.ts';
import { soundEndings } from '../audio/endings.ts';
import type { PassedOver } from '../format.ts';
import { refuseClassNames, refuseUnknownClasses } from './classNames.ts';
import { splitFolders } from './splitFolders.ts';
import { refuseUnread } from './unread.ts';
import { below, type Found, foldersIn } from './walk.ts';

/** A file of one class. */
export interface ClassFile {
  /** Below the data set's folder, with `/` between, whatever the system's separator. */
  path: string;
  /** Index into the data set's class names. */
  label: number;
  /** What it belongs to, where that is asked for: the folders below its class, with `/` between. */
  group?: string;
}

/** What the files of a data set are. */
export type Medium = 'images' | 'clips';

/** A data set as it lies in a folder, in an order that does not depend on the file system. */
export interface ClassFolders {
  classNames: string[];
  passedOver: PassedOver[];
  train: ClassFile[];
  /** null where no folder is set apart to choose by */
  validation: ClassFile[] | null;
  /** null where no folder is set apart for testing */
  test: ClassFile[] | null;
  /** what was decided without being asked, a sentence each */
  notes: string[];
}

/** Endings of the files that are read, in small letters; files with others are passed over. */
const endings: { [M in Medium]: string[] } = {
  images: ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.avif'],
  clips: soundEndings,
};

/**
 * Finds the files of a data set: `train/<class>/…` with `test/<class>/…` and `val/<class>/…` beside it,
 * or one more folder whatever its name, or the classes directly in the folder. Classes and files come in
 * the order of their names' code units.
 *
 * @param level how many folders below a class's tell what a file belongs to; 0 where that is not asked for
 * @throws RequestError where the folder is missing, a training class is empty or holds what is not read, there
 *   are fewer than two classes, files of another medium are among them, or another split has a class of its own
 */
export async function findClassFolders(
  root: string,
  medium: Medium,
  level = 0,
): Promise<ClassFolders> {
  const folders = await foldersIn(root);
  const { notes, ...splits } = await splitFolders(root, folders);
  const classNames = splits.train === '' ? folders : await foldersIn(join(root, splits.train));
  if (classNames.length < 2) await refuseOtherKinds(root);
  refuseClassNames(join(root, splits.train), classNames);
  const train = await filesOf(root, splits.train, classNames, level);
  refuseEmptyClasses(root, splits.train, classNames, train, medium);
  const held = (own: string | null) =>
    own === null ? null : heldFiles(root, { train: splits.train, own }, classNames, level);
  const [validation, test] = await Promise.all([held(splits.validation), held(splits.test)]);
  const all = [train, test, validation].filter((split) => split !== null);
  refuseMixed(
    root,
    medium,
    all.flatMap(({ files }) => files),
  );
  return {
    classNames,
    train: train.files,
    validation: validation?.files ?? null,
    test: test?.files ?? null,
    passedOver: passedOverOf(all.flatMap(({ others }) => others)),
    notes: [...notes, ...folderNotes(all.flatMap((split) => split.folders))],
  };
}

/** Whether a folder holds files of a medium below one of its folders. */
export async function holdsMedium(root: string, medium: Medium): Promise<boolean> {
  for (const name of await foldersIn(root).catch(() => [])) {
    for await (const { kind, path } of below(join(root, name))) {
      if (kind === 'file' && hasEnding(path, medium)) return true;
    }
  }
  return false;
}

/** The files of a split that is not trained on. */
async function heldFiles(
  root: string,
  names: { train: string; own: string },
  classNames: string[],
  level: number,
): Promise<SplitFiles> {
  const folder = join(root, names.own);
  refuseUnknownClasses(root, names, classNames, await foldersIn(folder));
  const found = await filesOf(root, names.own, classNames, level);
  if (found.files.length > 0) return found;
  throw new RequestError(
    `${folder}: holds no files to test on; fill it, or remove it to hold some of ${names.train} out`,
  );
}

/** What one split's folders hold. */
interface SplitFiles {
  files: ClassFile[];
  others: Found[];
  /** folders within classes that are called as files are */
  folders: string[];
}

/** The files of every class that exists below `root/part`, class by class, sorted; and the others. */
async function filesOf(
  root: string,
  part: string,
  classNames: string[],
  level: number,
): Promise<SplitFiles> {
  const present = new Set(await foldersIn(join(root, part)));
  const files: ClassFile[] = [];
  const others: Found[] = [];
  const folders: string[] = [];
  for (const [label, name] of classNames.entries()) {
    if (!present.has(name)) continue;
    const start = part === '' ? name : `${part}/${name}`;
    for await (const found of below(join(root, start), start)) {
      const { kind, path } = found;
      const fits = isData(path);
      if (kind === 'file' && fits) files.push({ path, label, ...groupOf(path, start, level) });
      else if (kind !== 'folder') others.push(found);
      else if (fits) folders.push(path);
    }
  }
  return { files: files.sort(byLabelAndPath), others, folders };
}

/** The folders of a file below its class's, as many as tell its group. @throws RequestError where it has fewer */
function groupOf(path: string, classFolder: string, level: number): Pick<ClassFile, 'group'> {
  if (level === 0) return {};
  const folders = path
    .slice(classFolder.length + 1)
    .split('/')
    .slice(0, -1);
  if (folders.length >= level) return { group: folders.slice(0, level).join('/') };
  throw new RequestError(
    `${path}: lies in ${plural(folders.length, 'folder')} below its class's, but ${option('groupField')} ` +
      `asks for ${level}; move it into its group's folder`,
  );
}

function folderNotes([first, ...more]: string[]): string[] {
  if (first === undefined) return [];
  const others = more.length > 0 ? ` and ${more.length} more are folders` : ' is a folder';
  return [`${first}${others}, not read as a file but entered`];
}

const byLabelAndPath = (one: ClassFile, other: ClassFile): number =>
  one.label - other.label || (one.path < other.path ? -1 : 1);

/** Whether a file is of a medium by its ending. */
export const hasEnding = (path: string, medium: Medium): boolean =>
  endings[medium].includes(extname(path).toLowerCase());

const isData = (path: string): boolean => hasEnding(path, 'images') || hasEnding(path, 'clips');

/** What is not read, by the reasons. */
function passedOverOf(others: readonly Found[]): PassedOver[] {
  const groups = new Map<string, string[]>();
  for (const other of others) {
    const reason = reasonOf(other);
    groups.set(reason, [...(groups.get(reason) ?? []), other.path]);
  }
  return Array.from(groups, ([reason, [example, ...more]]) => ({
    ...{ reason, count: 1 + more.length, example },
  }));
}

function reasonOf({ kind, path }: Found): string {
  if (kind === 'link') return 'links to folders within classes';
  const ending = extname(path).toLowerCase();
  return ending === '' ? 'files without an ending' : `files ending in ${ending}`;
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

/** A folder without a file that is read may hold data of another kind, as those of Hugging Face's `save_to_disk` do. */
async function refuseOtherKinds(root: string): Promise<void> {
  const paths: string[] = [];
  for await (const { kind, path } of below(root)) {
    if (kind !== 'file') continue;
    if (isData(path)) return;
    paths.push(path.slice(1));
  }
  refuseUnread(root, paths.sort());
}

function refuseEmptyClasses(
  root: string,
  part: string,
  classNames: string[],
  { files, others }: SplitFiles,
  medium: Medium,
): void {
  const empty = classNames.find((_, label) => files.every((file) => file.label !== label));
  if (empty === undefined) return;
  const start = part === '' ? empty : `${part}/${empty}`;
  const inClass = others.map(({ path }) => path).filter((path) => path.startsWith(`${start}/`));
  refuseUnread(root, inClass.sort());
  throw new RequestError(
    `${join(root, start)}: the class is empty, it holds no file ending in ` +
      `${endings[medium].join(', ')}; fill the folder or remove it`,
  );
}
