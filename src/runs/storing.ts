import { ExplainedError } from '../errors.ts';

/**
 * The system would not store what a run leaves: a full disk, a folder that is read-only or gone.
 * The message names file, reason and remedy; what had been saved before is whole.
 */
export class StorageError extends ExplainedError {
  override readonly name = 'StorageError';
}

/** Why a system refuses to write, and what helps. */
const refusals: Record<string, readonly [reason: string, remedy: string]> = {
  ENOSPC: ['the disk is full', 'free some space'],
  EDQUOT: ["this user's share of the disk is used up", 'free some space'],
  EFBIG: ['a file may not be so large here', 'raise the limit (ulimit -f)'],
  EROFS: ['the file system is read-only', 'mount it writable'],
  EACCES: ['this user may not write there', 'make the folder writable'],
  EPERM: ['this user may not write there', 'make the folder writable'],
  ENOENT: ['its folder is not there', 'put it there'],
  ENOTDIR: ['a file is where its folder should be', 'move that file'],
  EMFILE: ['this process has too many files open', 'raise the limit (ulimit -n)'],
  ENFILE: ['the system has too many files open', 'close some programs'],
  EIO: ['the disk reports an error', 'check it'],
};

/**
 * Lets `write` store something under a path.
 *
 * @throws StorageError where the system refuses
 */
export async function storing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isRefusal(error) ? new StorageError(`${path}: ${explain(error)}`) : error;
  }
}

/** What a refusal of the system means, as `cannot be written, reason (code); remedy`. */
export function explain({ code = '', message }: NodeJS.ErrnoException): string {
  const [reason, remedy] = refusals[code] ?? [message, 'see that it can be written'];
  return `cannot be written, ${reason} (${code}); ${remedy}`;
}

/** What a refusal to read means, in the same form. */
export function unreadable({ code = '', message }: NodeJS.ErrnoException): string {
  const denied = ['this user may not read there', 'make it readable'] as const;
  const told = code === 'EACCES' || code === 'EPERM' ? denied : refusals[code];
  const [reason, remedy] = told ?? [message, 'check the disk and the file'];
  return `cannot be read, ${reason} (${code}); ${remedy}`;
}

const isRefusal = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;
