import { extname, join } from 'node:path';
import { RequestError } from '../../errors.ts';
import type { PassedOver } from '../format.ts';
import { type ClassFile, filesOf, type SplitFiles } from './classFiles.ts';
import { refuseClassNames, refuseUnknownClasses } from './classNames.ts';
import { refuseEmptyClasses, refuseMixed, refuseOtherKinds } from './classRefusals.ts';
import type { Medium } from './medium.ts';
import { splitFolders } from './splitFolders.ts';
import { type Found, foldersIn } from './walk.ts';

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

function folderNotes([first, ...more]: string[]): string[] {
  if (first === undefined) return [];
  const others = more.length > 0 ? ` and ${more.length} more are folders` : ' is a folder';
  return [`${first}${others}, not read as a file but entered`];
}

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
