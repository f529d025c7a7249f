import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { abandonedBeside, besideName } from '../files/beside.ts';
import { storing } from './storing.ts';

/** How the names of files in the making end. */
export const partial = '.partial';

/** Whether a file is what a killed `writeWhole` leaves behind. */
export const isPartial = (name: string): boolean => name.endsWith(partial);

/**
 * Writes a file so that readers, and a machine that loses power, see the old content or the whole
 * new one: beside, synced, renamed, the folder synced. Of several writers at once, the last to
 * rename wins. What killed ones left of the same file is removed.
 *
 * @param beforeRename runs once the new content is safe, with the old file still in its place
 * @throws StorageError where the system refuses; the old content stays, and nothing half written
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  beforeRename: () => Promise<void> = async () => {},
): Promise<void> {
  const beside = besideName(path, `-${randomBytes(4).toString('hex')}${partial}`);
  await storing(path, async () => {
    await removeAbandoned(path);
    await orDiscard(beside, async () => {
      await writeSynced(beside, content);
      await beforeRename();
      await rename(beside, path);
    });
    await syncFolder(dirname(path));
  });
}

/** Lets `make` write a file, and rename it; where either fails, nothing of it stays. */
export async function orDiscard(path: string, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    await discard(path);
    throw error;
  }
}

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Half a file would only help to keep a full disk full; one that will not go stops nothing. */
async function removeAbandoned(path: string): Promise<void> {
  const abandoned = await abandonedBeside(path, partial).catch(() => []);
  await Promise.all(abandoned.map(discard));
}

/** Removes a file in the making; one that will not go stops nothing. */
export const discard = (path: string): Promise<void> => rm(path, { force: true }).catch(() => {});

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
