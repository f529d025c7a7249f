import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

const host = hostname().replace(/[^A-Za-z0-9]/g, '_');

/**
 * The unfinished download of `path`: `<path>.<host>-<pid>.part` beside it. Every process writes a
 * part of its own, so several may download at once; a part whose process has ended is taken over
 * by renaming it, which only one process can do.
 */
export async function claimPart(path: string): Promise<string> {
  const own = `${path}.${host}-${process.pid}.part`;
  if ((await sizeOf(own)) > 0) return own;
  for (const abandoned of await abandonedParts(path)) {
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

async function abandonedParts(path: string): Promise<string[]> {
  const prefix = `${basename(path)}.${host}-`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith('.part'))
    .filter((name) => !isAlive(Number(name.slice(prefix.length, -'.part'.length))))
    .map((name) => join(dirname(path), name));
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
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
