import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';

/** How many processors this process may keep busy: those of its machine, of which its cgroup may allow a part. */
export const usableProcessors = (root = '/'): number =>
  Math.max(1, Math.min(availableParallelism(), Math.ceil(cgroupProcessors(root))));

/**
 * The processor time that a container or a scheduler allows this process, in processors; Infinity
 * where nothing limits it. Every group above it may allow less.
 *
 * @param root of the file system; tests have others
 */
export function cgroupProcessors(root: string): number {
  const groups = textOf(join(root, 'proc/self/cgroup')).split('\n');
  const limits = groups.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '') return upwards(path).map((group) => unifiedLimit(root, group));
    if (!controllers.split(',').includes('cpu')) return [];
    return upwards(path).map((group) => olderLimit(root, group));
  });
  return Math.min(Number.POSITIVE_INFINITY, ...limits);
}

/** A group and all above it, without the first slash. */
function upwards(path: string): string[] {
  const parts = relative('/', path).split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).concat('');
}

/** `cpu.max` of version 2: `200000 100000`, or `max 100000`. */
function unifiedLimit(root: string, group: string): number {
  const [quota, period] = textOf(join(root, 'sys/fs/cgroup', group, 'cpu.max')).split(' ');
  return share(quota, period);
}

function olderLimit(root: string, group: string): number {
  const folder = join(root, 'sys/fs/cgroup/cpu', group);
  const [quota, period] = ['quota', 'period'].map((part) =>
    textOf(join(folder, `cpu.cfs_${part}_us`)),
  );
  return share(quota, period);
}

/** A quota that is no number above 0 is none. */
function share(quota: string, period: string): number {
  const processors = Number(quota) / Number(period);
  return processors > 0 ? processors : Number.POSITIVE_INFINITY;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
