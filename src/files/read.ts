import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { RequestError } from '../errors.ts';
import { byteSize } from '../text/text.ts';

/** The most that files of a kind may hold, in bytes; more is a lie or damage. */
export const mostBytes = {
  /** A halt, a lock, a lease. */
  note: 65_536,
  /** JSON that is read whole: a record, a plan, a summary, measures. */
  document: 16e6,
  /** A config that is named on a command line; a run's record may be one. */
  config: 4e6,
  report: 64e6,
  metrics: 400e6,
  embedding: 512e6,
  predictions: 512e6,
  /** A picture, a sound or a checkpoint: the most that Node reads at once. */
  sample: 2 ** 31 - 1,
  checkpoint: 2 ** 31 - 1,
} as const;

/**
 * Reads a file that is no larger than it may be. What is no file at all, such as a pipe, which would
 * be waited for, is refused.
 *
 * @throws RequestError where it is too large or no file; else what the system says
 */
export async function readBounded(path: string, most: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
    if (!found.isFile()) throw new RequestError(`${path}: no file; put a copy of it back`);
    if (found.size > most) throw tooLarge(path, found.size, most);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The same as text, without the mark of byte order that some editors leave. */
export async function readText(path: string, most: number): Promise<string> {
  return withoutMark((await readBounded(path, most)).toString('utf8'));
}

/** A text without a mark of byte order. */
export const withoutMark = (text: string): string =>
  text.startsWith('\uFEFF') ? text.slice(1) : text;

function tooLarge(path: string, size: number, most: number): RequestError {
  const rule = `${byteSize(size)}; such a file holds at most ${byteSize(most)}`;
  return new RequestError(`${path}: ${rule}; put a copy back, or delete it`);
}
