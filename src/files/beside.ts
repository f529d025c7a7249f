import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { mayLive } from '../processes/living.ts';

const host = hostname().replace(/[^A-Za-z0-9]/g, '_');

/**
 * The name of a file in the making beside the file that it will become: `<path>.<host>-<pid><end>`.
 * Every process has a name of its own, so several may make the same file at once.
 *
 * @param end not beginning with a digit
 */
export const besideName = (path: string, end: string): string =>
  `${path}.${host}-${process.pid}${end}`;

/**
 * What processes that have ended left of the making of a file.
 *
 * @param extension the last part of the names' ends, such as `.part`
 */
export async function abandonedBeside(path: string, extension: string): Promise<string[]> {
  const prefix = `${basename(path)}.${host}-`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(extension))
    .filter((name) => hasEnded(Number.parseInt(name.slice(prefix.length), 10)))
    .map((name) => join(dirname(path), name));
}

/**
 * The same of anything in a folder.
 *
 * @param extension the last part of the names' ends, such as `.deleted`
 */
export async function abandonedIn(folder: string, extension: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(extension));
  const ended = names.filter((name) =>
    hasEnded(Number.parseInt(name.split(`.${host}-`).at(-1)!, 10)),
  );
  return ended.map((name) => join(folder, name));
}

/** Whether a process surely lives no more; a name that holds no number was made by none of ours. */
const hasEnded = (pid: number): boolean => pid > 0 && !mayLive(pid);
