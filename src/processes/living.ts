import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, told from a later one of the same number by when it began. */
export interface ProcessIdentity {
  pid: number;
  /** In the system's own words; undefined where it does not tell. */
  started?: string;
}

/** This process. */
export const ownProcess = (): ProcessIdentity => ({
  pid: process.pid,
  started: startOf(process.pid),
});

/** Whether a process still lives; one whose start is not known is taken for any of its number. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !mayLive(pid)) return false;
  const current = started && startOf(pid);
  return !current || current === started;
}

/** Whether there may be a process of a number: unless the system knows of none. */
export function mayLive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** When a process began: in clock ticks since the start of Linux, elsewhere as `ps` writes it. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return startIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const told = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env,
      encoding: 'utf8',
    });
    return told.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The 22nd field (proc(5)); the second one, a name in parentheses, may hold anything. */
const startIn = (stat: string): string | undefined =>
  stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
