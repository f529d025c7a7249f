import { freemem } from 'node:os';
import { type ControlGroup, controlGroups, textIn } from './controlGroups.ts';

/**
 * Bytes that programs can take now without anything being swapped: what the system has left, and no
 * more than the cgroup of this process has.
 *
 * @param root of the file system; tests have others
 */
export const availableMemory = (root = '/'): number =>
  Math.min(systemMemory(root), ...controlGroups(root, 'memory').map(leftIn));

/** Linux counts what it keeps of files and would give up for programs; `freemem` of others has to do. */
function systemMemory(root: string): number {
  const kilobytes = /^MemAvailable: +(\d+) kB$/m.exec(textIn(root, 'proc/meminfo'))?.[1];
  return kilobytes === undefined ? freemem() : 1024 * Number(kilobytes);
}

/** What a group's limit leaves, beside files that the system keeps only while nobody needs the memory. */
function leftIn({ folder, version }: ControlGroup): number {
  const [limit, usage, kept] =
    version === 2
      ? ['memory.max', 'memory.current', 'inactive_file']
      : ['memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file'];
  const most = Number(textIn(folder, limit) || 'none');
  const used = Number(textIn(folder, usage));
  const files = Number(
    new RegExp(`^${kept} (\\d+)$`, 'm').exec(textIn(folder, 'memory.stat'))?.[1] ?? 0,
  );
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : Math.max(0, most - used + files);
}
