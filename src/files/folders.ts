import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

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

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
