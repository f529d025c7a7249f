import { stat } from 'node:fs/promises';

/** When a file was last written; null where there is none. */
export async function timeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found.mtimeMs : null;
}
