import { join } from 'node:path';
import { option, RequestError } from '../errors.ts';
import type { SearchOptions } from './dataset.ts';
import { fetchFiles } from './fetchFiles.ts';
import type { DataFile, StoredDataset } from './kinds.ts';
import { cacheFolder, locate, missingFiles, type SearchPlace, searchPlaces } from './locate.ts';

/**
 * A data set's files are nowhere to be found and cannot be downloaded either. Its own class, so
 * that a command may go on with the built-in digits, and say so.
 */
export class DatasetUnavailableError extends RequestError {}

/**
 * The folder holding a data set's files: the first place that has them, else the cache after a
 * download.
 * @throws DatasetUnavailableError saying where it looked, why the download failed, and the remedy
 */
export async function obtain(
  name: string,
  kind: StoredDataset,
  options: SearchOptions,
): Promise<string> {
  const places = searchPlaces(options.folder);
  const found = await locate(kind, places);
  if (found) return found;
  try {
    return await fetchFiles(kind, cacheFolder(), options.onProgress);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new DatasetUnavailableError(
      `${await whereLooked(name, kind, places)}; ${error.worded(option)}; ${remedy(name)}`,
    );
  }
}

/** Says where a data set is not: `dataset mnist: not found: /a/mnist (dataFolder) has none of its files; …` */
export async function whereLooked(
  name: string,
  kind: StoredDataset,
  places: SearchPlace[],
): Promise<string> {
  const looks = places.map(async ({ root, origin }) => {
    const folder = join(root, kind.folder);
    const lacking = (await leastLacking(kind, folder))?.map((file) => file.names[0]);
    return `${folder} (${origin}) ${lacking ? `lacks ${lacking.join(', ')}` : 'has none of its files'}`;
  });
  return `dataset ${name}: not found: ${(await Promise.all(looks)).join('; ')}`;
}

/** The files that the form begun in a folder lacks, or null where none is begun. */
async function leastLacking(kind: StoredDataset, folder: string): Promise<DataFile[] | null> {
  for (const form of kind.forms) {
    const lacking = await missingFiles(form, folder);
    if (lacking.length < form.length) return lacking;
  }
  return null;
}

function remedy(name: string): string {
  return (
    `run \`shakelab data get ${name}\` where there is a network, name a folder with ${option('dataFolder')} DIR, ` +
    `or use the built-in digits with ${option('dataset')} digits`
  );
}
