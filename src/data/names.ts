import { basename, resolve } from 'node:path';

/** What stands before the path where a data set is a folder of one's own. */
const prefix = 'folder:';

/** The name of a data set that is a folder of one's own. */
export type FolderName = `${typeof prefix}${string}`;

/** Whether a data set's name is a path: `folder:PATH`, or a path with a separator in it. */
export const namesFolder = (name: string): boolean =>
  name.startsWith(prefix) || name.startsWith('.') || /[/\\]/.test(name);

/**
 * The name that a run records. A folder's is `folder:` and its absolute path, so that the run finds
 * it from wherever a later command is typed.
 */
export const canonicalName = (name: string): string =>
  namesFolder(name) ? folderName(folderPath(name)) : name;

/** The absolute path in a folder's name. */
export const folderPath = (name: string): string =>
  resolve(name.startsWith(prefix) ? name.slice(prefix.length) : name);

/** The name of the data set in a folder. */
export const folderName = (path: string): FolderName => `${prefix}${path}`;

/** What a folder's data set is called in headings: the folder's own name. */
export const folderTitle = (path: string): string => basename(path);
