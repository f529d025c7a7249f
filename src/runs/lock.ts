import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { option, RequestError } from '../errors.ts';
import { isAlive, ownProcess, type ProcessIdentity } from '../processes/living.ts';
import { explain } from './storing.ts';

/** Holds the number of the process that trains in a folder, and when that process began. */
export const lockFile = 'training.lock';

/**
 * Claims a run folder for this process, so that two trainings never write into one run, and
 * creates it where it is missing. A lock that a killed process left behind is taken over.
 *
 * @returns a function that gives the folder free again
 * @throws RequestError where another living process holds the folder, or nothing can be written
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockFile);
  const claimed = changing(folder, () => {
    mkdirSync(folder, { recursive: true });
    return claim(path);
  });
  if (!claimed) {
    refuseLiving(folder, path);
    const taken = changing(folder, () => {
      rmSync(path, { force: true });
      return claim(path);
    });
    if (!taken) refuseLiving(folder, path);
  }
  return () => giveFree(path);
}

/** Changes a folder's content; where the system refuses, the user chose a wrong folder. */
function changing<T>(folder: string, change: () => T): T {
  try {
    return change();
  } catch (error) {
    const reason = explain(error as NodeJS.ErrnoException);
    throw new RequestError(`${option('folder')} ${folder}: ${reason}, or choose another folder`);
  }
}

/** Whether a living process trains in a folder. */
export async function isTraining(folder: string): Promise<boolean> {
  return isAlive(holderIn(await readFile(join(folder, lockFile), 'utf8').catch(() => '')));
}

function claim(path: string): boolean {
  try {
    const { pid, started = '' } = ownProcess();
    writeFileSync(path, `${pid} ${started}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A lock that cannot be removed does no harm: its process will have ended. */
function giveFree(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function refuseLiving(folder: string, path: string): void {
  const holder = holderIn(readFileSync(path, 'utf8'));
  if (holder.pid === process.pid || !isAlive(holder)) return;
  const remedy = `wait for it; if that process is no training, remove ${path}`;
  throw new RequestError(`${folder}: process ${holder.pid} is training there; ${remedy}`);
}

/** What a lock says; old ones hold the number alone. */
function holderIn(content: string): ProcessIdentity {
  const [, pid, started] = /^(\d*) ?(.*)/.exec(content.trim())!;
  return { pid: Number(pid), started: started || undefined };
}
