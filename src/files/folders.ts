import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RequestError } from '../errors.ts';

/**
 * Makes a folder and those above it, where they are missing. Node's own way, `recursive`, says of a
 * file system that is read-only that the folder above is not there.
 *
 * @throws what the system says
 */
export async function makeFolder(path: string): Promise<void> {
  const refusal = await refusalToMake(path);
  if (refusal === undefined) return;
  const above = dirname(path);
  if (refusal.code !== 'ENOENT' || above === path) throw refusal;
  await makeFolder(above);
  const last = await refusalToMake(path);
  if (last !== undefined) throw last;
}

/** What the system says where it makes no folder; undefined where it did, or somebody else has. */
async function refusalToMake(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path);
    return undefined;
  } catch (error) {
    return (await isFolder(path)) ? undefined : (error as NodeJS.ErrnoException);
  }
}

/**
 * For what may be a folder that is there or is still to come.
 *
 * @param remedy what to give instead
 * @throws RequestError where a file is there
 */
export async function refuseFile(path: string, remedy: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isDirectory()) throw new RequestError(`${path}: is no folder; ${remedy}`);
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
