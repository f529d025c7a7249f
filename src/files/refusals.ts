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
  EEXIST: ['a file is in its place', 'move that file'],
  EISDIR: ['a folder is in its place', 'move that folder'],
  ENAMETOOLONG: ['its name is too long', 'choose a shorter one'],
  EMFILE: ['this process has too many files open', 'raise the limit (ulimit -n)'],
  ENFILE: ['the system has too many files open', 'close some programs'],
  EIO: ['the disk reports an error', 'check it'],
};

/** What a refusal of the system means, as `cannot be written, reason (code); remedy`. */
export function explain({ code = '', message }: NodeJS.ErrnoException): string {
  const [reason, remedy] = refusals[code] ?? [message, 'see that it can be written'];
  return `cannot be written, ${reason} (${code}); ${remedy}`;
}

/** What a refusal to read means, in the same form. */
export function unreadable({ code = '', message }: NodeJS.ErrnoException): string {
  const [reason, remedy] = toRead[code] ??
    refusals[code] ?? [message, 'check the disk and the file'];
  return `cannot be read, ${reason} (${code}); ${remedy}`;
}

const denied = ['this user may not read there', 'make it readable'] as const;
const toRead: typeof refusals = {
  EACCES: denied,
  EPERM: denied,
  ENOENT: ['it is not there', 'put it back'],
};

/** What any refusal means, where nobody knows more of it: `path: the system refuses to open it, …`. */
export function refused(error: NodeJS.ErrnoException): string {
  const { code = '', syscall = '', path, message } = error;
  const [reason, remedy] = refusals[code] ?? [message, 'see what stands in its way'];
  const what = path === undefined ? '' : `${path}: `;
  return `${what}the system refuses (${syscall}), ${reason} (${code}); ${remedy}`;
}

/** Whether an error is the system's and not a fault of this program. */
export const isRefusal = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;
