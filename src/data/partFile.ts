import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { abandonedBeside, besideName } from '../files/beside.ts';

const extension = '.part';

/**
 * The unfinished download of `path`: `<path>.<host>-<pid>.part` beside it. Every process writes a
 * part of its own, so several may download at once; a part whose process has ended is taken over
 * by renaming it, which only one process can do.
 */
export async function claimPart(path: string): Promise<string> {
  const own = besideName(path, extension);
  if ((await sizeOf(own)) > 0) return own;
  for (const abandoned of await abandonedBeside(path, extension)) {
    if (await succeeds(rename(abandoned, own))) break;
  }
  return own;
}

/** Bytes in a file; 0 when there is none. */
export function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (status) => status.size,
    () => 0,
  );
}

/** Makes a finished part durable and gives it its name: readers see all of it or nothing. */
export async function moveIntoPlace(part: string, path: string): Promise<void> {
  await sync(part, 'r+');
  await rename(part, path);
  // Some systems cannot sync a folder; the rename is then as durable as they make it.
  await sync(dirname(path), 'r').catch(() => {});
}

/** Removes a part, if it is there. */
export function discardPart(part: string): Promise<void> {
  return rm(part, { force: true });
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  await handle.sync().finally(() => handle.close());
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
