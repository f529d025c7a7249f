import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { packageFolder, packageVersion } from '../package.ts';

/** What code, on what machine, made a run. */
export interface Identity {
  /** Version of this package. */
  shakelab: string;
  /** Commit of this checkout, with `-dirty` when it had changes; null outside a checkout. */
  commit: string | null;
  node: string;
  platform: string;
  cpu: string;
  /** Logical processors this process may use. */
  processors: number;
}

/** Describes the running code and machine. */
export function describeIdentity(): Identity {
  return {
    shakelab: packageVersion(),
    commit: commitOf(packageFolder),
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
  };
}

/** Asks git only where the folder is itself a checkout, not a part of somebody else's. */
export function commitOf(folder: string): string | null {
  if (!existsSync(join(folder, '.git'))) return null;
  const question = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
  try {
    const answer = execFileSync('git', question, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return answer.trim();
  } catch {
    return null;
  }
}
