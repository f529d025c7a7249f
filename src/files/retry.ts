import { setTimeout as sleep } from 'node:timers/promises';
import { RequestError } from '../errors.ts';

/** Pauses between tries in milliseconds: 13 seconds in all, as long as a new file may stay unseen. */
const longPauses = [50, 100, 200, 400, 800, 1600, 3200, 6400];
const shortPauses = longPauses.slice(0, 4);

/** ESTALE, which Node has no name for on every system. */
const staleNumber = -116;

/**
 * Reads on a file system that several hosts share. There a file that is being replaced may be refused
 * as stale, and one that another host has just made may not be seen yet; both pass.
 *
 * @param there whether the file is known to exist, so that its absence is waited out as well
 * @throws whatever `read` throws in the end
 */
export async function retried<T>(read: () => Promise<T>, there = false): Promise<T> {
  for (const pause of there ? longPauses : shortPauses) {
    try {
      return await read();
    } catch (error) {
      if (!passes(error as NodeJS.ErrnoException, there)) throw error;
      await sleep(pause);
    }
  }
  return read();
}

const passes = ({ code, errno }: NodeJS.ErrnoException, there: boolean): boolean =>
  code === 'ESTALE' || errno === staleNumber || isPassing(code) || (there && code === 'ENOENT');

const passing = ['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'EINTR', 'ENOMEM'];

/** Whether an error tells of the moment and not of the file. */
export const isPassing = (code = ''): boolean => passing.includes(code);

/** Something could not be read just now, though nothing is wrong with it; nobody should remember that. */
export class PassingError extends RequestError {}
