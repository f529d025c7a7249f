import { lstatSync } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** When a file was last written; null where there is none. A link is none: it may lead anywhere. */
export async function timeOf(path: string): Promise<number | null> {
  const found = await lstat(path).catch(() => null);
  return found?.isFile() ? found.mtimeMs : null;
}

/**
 * When a file was last written and how long it is; null where there is none. It waits for the system,
 * which of many small questions takes a tenth of the time of asking apart.
 */
export function stampOfFile(path: string): { mtimeMs: number; size: number } | null {
  const found = statOf(path);
  return found?.isFile() ? found : null;
}

/** When anything in a folder was last made, renamed or removed; null where there is no folder. */
export const timeOfFolder = (path: string): number | null => statOf(path)?.mtimeMs ?? null;

/** Whether there is anything by a name. */
export const isThere = (path: string): boolean => statOf(path) !== null;

function statOf(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
