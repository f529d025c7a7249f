import { freemem } from 'node:os';
import { expect, test } from 'vitest';
import { fileSystems } from '../../testkit/fileSystems.ts';
import { availableMemory } from './memory.ts';

const rootWith = fileSystems();
const own = 'proc/self/cgroup';
const system = { 'proc/meminfo': 'MemTotal: 9 kB\nMemAvailable:   8000 kB' };

test.each([
  ['the system', {}, 8_192_000],
  ['no limit of its group', { [own]: '0::/a', 'sys/fs/cgroup/a/memory.max': 'max' }, 8_192_000],
  [
    'version 2, which could give up files',
    {
      [own]: '0::/a/b',
      'sys/fs/cgroup/a/b/memory.max': '5000000',
      'sys/fs/cgroup/a/b/memory.current': '3000000',
      'sys/fs/cgroup/a/b/memory.stat': 'anon 1\ninactive_file 1000000\nx 2',
    },
    3_000_000,
  ],
  [
    'the group above, which has nothing left',
    {
      [own]: '0::/a/b',
      'sys/fs/cgroup/a/memory.max': '1000',
      'sys/fs/cgroup/a/memory.current': '2000',
    },
    0,
  ],
  [
    'version 1',
    {
      [own]: '4:memory:/a',
      'sys/fs/cgroup/memory/a/memory.limit_in_bytes': '4000',
      'sys/fs/cgroup/memory/a/memory.usage_in_bytes': '2500',
      'sys/fs/cgroup/memory/a/memory.stat': 'total_inactive_file 500',
    },
    2000,
  ],
])('memory that can be taken, by %s', (_, files, bytes) => {
  expect(availableMemory(rootWith({ ...system, ...files }))).toBe(bytes);
});

test('where the system does not say, what is free', () => {
  expect(availableMemory(rootWith({}))).toBeGreaterThan(freemem() / 10);
});
