import { isAbsolute, join, resolve } from 'node:path';
import { option, RequestError } from '../errors.ts';
import { exists } from '../files/exists.ts';
import { homeFolder } from '../files/home.ts';
import type { DataFile, StoredDataset } from './kinds.ts';

/** A data folder to look into, and how an error tells how we came to it. */
export interface SearchPlace {
  root: string;
  origin: string;
}

/** How an error tells of the folder that was asked for. */
export const asked = option('dataFolder');

/** The data folders in the order they are looked into: the one asked for, `$SHAKELAB_DATA`, the cache. */
export function searchPlaces(folder?: string | null): SearchPlace[] {
  const places: SearchPlace[] = [];
  if (folder) places.push({ root: resolve(folder), origin: asked });
  const fromEnvironment = process.env.SHAKELAB_DATA;
  if (fromEnvironment) places.push({ root: resolve(fromEnvironment), origin: '$SHAKELAB_DATA' });
  places.push({ root: cacheFolder(), origin: 'the cache' });
  return places;
}

/** Where downloads are kept: `$XDG_CACHE_HOME/shakelab`, else the platform's customary place. */
export function cacheFolder(platform: NodeJS.Platform = process.platform): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'shakelab');
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Caches', 'shakelab');
  if (platform === 'win32') {
    return join(LOCALAPPDATA ?? join(homeFolder(), 'AppData', 'Local'), 'shakelab', 'Cache');
  }
  return join(homeFolder(), '.cache', 'shakelab');
}

/** The first place that holds a whole form of a data set, as the folder its files are in, or null. */
export async function locate(kind: StoredDataset, places: SearchPlace[]): Promise<string | null> {
  for (const { root } of places) {
    const folder = join(root, kind.folder);
    if (await formIn(kind, folder)) return folder;
  }
  return null;
}

/** The first form of a data set that a folder holds whole, or null. */
export async function formIn(
  { forms }: Pick<StoredDataset, 'forms'>,
  folder: string,
): Promise<DataFile[] | null> {
  for (const form of forms) {
    if ((await missingFiles(form, folder)).length === 0) return form;
  }
  return null;
}

/** The files of a form that a folder has under none of their names. */
export async function missingFiles<F extends DataFile>(
  form: readonly F[],
  folder: string,
): Promise<F[]> {
  const found = await Promise.all(form.map((file) => findFile(folder, file)));
  return form.filter((_, index) => found[index] === null);
}

/** The path of a file under the first of its names that exists, or null. */
export async function findFile(folder: string, file: DataFile): Promise<string | null> {
  for (const name of file.names) {
    const path = join(folder, name);
    if (await exists(path)) return path;
  }
  return null;
}

/** The paths of a form's files, in its order. @throws RequestError naming all that the folder does not hold */
export async function pathsOf(folder: string, form: readonly DataFile[]): Promise<string[]> {
  const found = await Promise.all(form.map((file) => findFile(folder, file)));
  const missing = form.filter((_, index) => found[index] === null);
  if (missing.length === 0) return found as string[];
  const names = missing.map(({ names: [first] }) => join(folder, first)).join(', ');
  const [what, them] = missing.length === 1 ? ['file', 'it'] : ['files', 'them'];
  throw new RequestError(
    `${names}: no such ${what}; put ${them} there, plain or gzip, or run \`shakelab data get\``,
  );
}
