import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import { foldersIn } from './walk.ts';

/** Which folders hold what; a folder's name is null where there is none for it. */
export interface SplitFolders {
  /** `''` where the classes lie directly in the data set's folder */
  train: string;
  validation: string | null;
  test: string | null;
  /** what was decided without being asked, a sentence each */
  notes: string[];
}

/** Names of the folders, in any case, of each the first that exists. */
const names = {
  train: ['train', 'training'],
  validation: ['val', 'valid', 'validation'],
  test: ['test', 'testing'],
};

/**
 * Tells the splits of a folder by the names of its folders. With training and one other, the other is
 * the test set, whatever it is called; without a training folder that holds folders, all are classes.
 *
 * @throws RequestError where the folders are splits, but none to train on
 */
export async function splitFolders(root: string, folders: readonly string[]) {
  const train = named(folders, names.train);
  if (train !== null && (await foldersIn(join(root, train))).length > 0)
    return splitsBeside(train, folders);
  await refuseSplitsAlone(root, folders);
  return { train: '', validation: null, test: null, notes: [] };
}

function splitsBeside(train: string, folders: readonly string[]): SplitFolders {
  const others = folders.filter((name) => name !== train);
  const [test, validation] = [named(others, names.test), named(others, names.validation)];
  if (test !== null) return withRest(others, { train, validation, test, notes: [] });
  const only = validation ?? (others.length === 1 ? others[0] : null);
  const note = `${only} is the test set, since there is no other beside ${train}`;
  return withRest(others, { train, validation: null, test: only, notes: only ? [note] : [] });
}

function withRest(others: readonly string[], splits: SplitFolders): SplitFolders {
  const rest = others.filter((name) => name !== splits.validation && name !== splits.test);
  if (rest.length === 0) return splits;
  const note = `folders beside ${splits.train} that are no splits are not read: ${rest.join(', ')}`;
  return { ...splits, notes: [...splits.notes, note] };
}

const named = (folders: readonly string[], own: readonly string[]): string | null =>
  own.flatMap((name) => folders.filter((folder) => folder.toLowerCase() === name))[0] ?? null;

/** `test` and `val` with classes in them are no classes. */
async function refuseSplitsAlone(root: string, folders: readonly string[]): Promise<void> {
  const known = [...names.validation, ...names.test];
  if (folders.length === 0 || !folders.every((name) => known.includes(name.toLowerCase()))) return;
  for (const name of folders) {
    if ((await foldersIn(join(root, name))).length === 0) continue;
    throw new RequestError(
      `dataset ${root}: holds ${folders.join(', ')}, but nothing to train on; add train/<class>/`,
    );
  }
}
