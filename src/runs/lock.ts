import { randomBytes } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { besideName } from '../files/beside.ts';
import { mostBytes, readText } from '../files/read.ts';
import { retried } from '../files/retry.ts';
import { isAlive, ownProcess, type ProcessIdentity } from '../processes/living.ts';
import { orDiscard, partial } from './atomic.ts';

/**
 * What releases before leases know a folder's holder by: the number of its process, and when that
 * began. It is read for theirs, and written so that they stay out.
 */
export const lockFile = 'training.lock';

/**
 * The living process of this host that a lock names, if it is another than this one.
 *
 * @param leased whose lease has been judged already: the lock may be theirs
 */
export async function lockHolder(
  folder: string,
  leased?: ProcessIdentity,
): Promise<ProcessIdentity | undefined> {
  const holder = holderIn(await lockText(folder));
  if (holder.pid === leased?.pid && holder.started === leased.started) return undefined;
  return holder.pid !== process.pid && isAlive(holder) ? holder : undefined;
}

/** Whether the process that a lock names lives on this host. */
export const isLocked = async (folder: string): Promise<boolean> =>
  isAlive(holderIn(await lockText(folder)));

/**
 * Writes this process into the lock, for whoever holds the folder's lease.
 *
 * @returns whether no living process of an earlier release was faster
 */
export async function writeLock(folder: string, leased?: ProcessIdentity): Promise<boolean> {
  const path = join(folder, lockFile);
  if (await createLock(path)) return true;
  if (await lockHolder(folder, leased)) return false;
  const beside = besideName(path, `-${randomBytes(4).toString('hex')}${partial}`);
  await orDiscard(beside, async () => {
    await writeFile(beside, ownText());
    await rename(beside, path);
  });
  return true;
}

/** Makes a lock where there is none; whether there was none. What cannot be written goes, what is another's stays. */
async function createLock(path: string): Promise<boolean> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
  if (!file) return false;
  try {
    await orDiscard(path, () => file.writeFile(ownText()));
  } finally {
    await file.close();
  }
  return true;
}

/** Removes the lock, if it is still this process'; one that stays names a process that will have ended. */
export async function removeLock(folder: string): Promise<void> {
  if ((await lockText(folder)) !== ownText()) return;
  await rm(join(folder, lockFile), { force: true }).catch(() => {});
}

function ownText(): string {
  const { pid, started = '' } = ownProcess();
  return `${pid} ${started}\n`;
}

const lockText = (folder: string): Promise<string> =>
  retried(() => readText(join(folder, lockFile), mostBytes.note)).catch(() => '');

/** What a lock says; old ones hold the number alone. */
function holderIn(content: string): ProcessIdentity {
  const [, pid, started] = /^(\d*) ?(.*)/.exec(content.trim())!;
  return { pid: Number(pid), started: started || undefined };
}
