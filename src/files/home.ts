import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';

/**
 * The user's own folder; the root where the system knows none, as for the arbitrary users of containers that
 * have no HOME.
 */
export function homeFolder(ask = homedir): string {
  try {
    const home = ask();
    return isAbsolute(home) ? home : resolve('/');
  } catch {
    return resolve('/');
  }
}
