import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const partial = '.partial';

/** Whether a file is what a killed `writeWhole` leaves behind. */
export const isPartial = (name: string): boolean => name.endsWith(partial);

/**
 * Writes a file so that readers, and a machine that loses power, see the old content or the whole
 * new one: beside, synced, renamed, the folder synced.
 *
 * @param beforeRename runs once the new content is safe, with the old file still in its place
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  beforeRename: () => Promise<void> = async () => {},
): Promise<void> {
  const file = await open(path + partial, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await beforeRename();
  await rename(path + partial, path);
  await syncFolder(dirname(path));
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
