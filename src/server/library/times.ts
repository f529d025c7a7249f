import { lstat } from 'node:fs/promises';

/** When a file was last written; null where there is none. A link is none: it may lead anywhere. */
export async function timeOf(path: string): Promise<number | null> {
  const found = await lstat(path).catch(() => null);
  return found?.isFile() ? found.mtimeMs : null;
}
