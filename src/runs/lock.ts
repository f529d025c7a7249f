import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestError } from '../errors.ts';

/** Holds the id of the process that trains in a folder. */
export const lockFile = 'training.lock';

/**
 * Claims a run folder for this process, so that two trainings never write into one run, and
 * creates it where it is missing. A lock that a killed process left behind is taken over.
 *
 * @returns a function that gives the folder free again
 * @throws RequestError where another living process holds the folder
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockFile);
  mkdirSync(folder, { recursive: true });
  if (!claim(path)) {
    refuseLiving(folder, path);
    rmSync(path, { force: true });
    if (!claim(path)) refuseLiving(folder, path);
  }
  return () => rmSync(path, { force: true });
}

function claim(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refuseLiving(folder: string, path: string): void {
  const holder = Number(readFileSync(path, 'utf8'));
  if (holder === process.pid || !isAlive(holder)) return;
  const remedy = `wait for it; if that process is no training, remove ${path}`;
  throw new RequestError(`${folder}: process ${holder} is training there; ${remedy}`);
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
