import { RequestError } from '../errors.ts';
import { readBounded, withoutMark } from './read.ts';
import { unreadable } from './refusals.ts';
import { retried } from './retry.ts';

/**
 * Reads a file that need not be there; null where it is not.
 *
 * @param most bytes that it may hold
 * @throws RequestError where it holds more, is no file, or the system refuses to read it
 */
export async function readIfThere(path: string, most: number): Promise<Buffer | null> {
  return retried(() => readBounded(path, most)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    if (error instanceof RequestError) throw error;
    throw new RequestError(`${path}: ${unreadable(error)}`);
  });
}

/** The same as text, without a mark of byte order. */
export async function textIfThere(path: string, most: number): Promise<string | null> {
  const bytes = await readIfThere(path, most);
  return bytes && withoutMark(bytes.toString('utf8'));
}
