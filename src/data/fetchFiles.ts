import { join } from 'node:path';
import type { SearchOptions } from './dataset.ts';
import { download } from './download.ts';
import type { PublishedFile, StoredDataset } from './kinds.ts';
import { formIn, missingFiles } from './locate.ts';

/**
 * Downloads the files of a data set that its folder inside `root` lacks, unless it holds another
 * form of them, and returns that folder.
 * @throws RequestError when one cannot be had; those already fetched stay
 */
export async function fetchFiles(
  kind: StoredDataset,
  root: string,
  onProgress: SearchOptions['onProgress'],
): Promise<string> {
  const folder = join(root, kind.folder);
  if (await formIn(kind, folder)) return folder;
  for (const file of await missingFiles(kind.forms[0], folder)) {
    await download({ ...addresses(kind, file, folder), onProgress });
  }
  return folder;
}

function addresses(kind: StoredDataset, { names, digest, bytes }: PublishedFile, folder: string) {
  const [name] = names;
  const urls = kind.mirrors.map((mirror) => mirror + name);
  return { urls, path: join(folder, name), digest, bytes };
}
