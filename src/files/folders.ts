import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, where they are missing. Node's own way, `recursive`, says of a
 * file system that is read-only that the folder above is not there.
 *
 * @throws what the system says
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return;
    const above = dirname(path);
    const mayFollow = (error as NodeJS.ErrnoException).code === 'ENOENT' && above !== path;
    if (!mayFollow || (await isFolder(above))) throw error;
    await makeFolder(above);
    await makeFolder(path);
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
