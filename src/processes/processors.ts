import { availableParallelism } from 'node:os';
import { type ControlGroup, controlGroups, textIn } from './controlGroups.ts';

/** How many processors this process may keep busy: those of its machine, of which its cgroup may allow a part. */
export const usableProcessors = (root = '/'): number =>
  Math.max(1, Math.min(availableParallelism(), Math.ceil(cgroupProcessors(root))));

/**
 * The processor time that a container or a scheduler allows this process, in processors; Infinity
 * where nothing limits it.
 *
 * @param root of the file system; tests have others
 */
export const cgroupProcessors = (root: string): number =>
  Math.min(Number.POSITIVE_INFINITY, ...controlGroups(root, 'cpu').map(limitOf));

/** Version 2 has `cpu.max` of `200000 100000`, or `max 100000`. A quota that is no number above 0 is none. */
function limitOf({ folder, version }: ControlGroup): number {
  const [quota, period] =
    version === 2
      ? textIn(folder, 'cpu.max').split(' ')
      : ['quota', 'period'].map((part) => textIn(folder, `cpu.cfs_${part}_us`));
  const processors = Number(quota) / Number(period);
  return processors > 0 ? processors : Number.POSITIVE_INFINITY;
}
