import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storing } from './storing.ts';

const partial = '.partial';

/** Whether a file is what a killed `writeWhole` leaves behind. */
export const isPartial = (name: string): boolean => name.endsWith(partial);

/**
 * Writes a file so that readers, and a machine that loses power, see the old content or the whole
 * new one: beside, synced, renamed, the folder synced.
 *
 * @param beforeRename runs once the new content is safe, with the old file still in its place
 * @throws StorageError where the system refuses; the old content stays, and nothing half written
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  beforeRename: () => Promise<void> = async () => {},
): Promise<void> {
  await storing(path, async () => {
    await writeBeside(path + partial, content);
    await beforeRename();
    await rename(path + partial, path);
    await syncFolder(dirname(path));
  });
}

/** Half a file would only help to keep a full disk full. */
async function writeBeside(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

/** Makes renames inside a folder durable. Windows cannot open folders and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
