import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { fileSystems } from '../../testkit/fileSystems.ts';
import { cgroupProcessors, usableProcessors } from './processors.ts';

const rootWith = fileSystems();
const own = 'proc/self/cgroup';

test.each([
  ['no group', {}, Number.POSITIVE_INFINITY],
  ['no limit', { [own]: '0::/a', 'sys/fs/cgroup/a/cpu.max': 'max 100000' }, Infinity],
  ['version 2', { [own]: '0::/a', 'sys/fs/cgroup/a/cpu.max': '150000 100000' }, 1.5],
  [
    'the group above',
    { [own]: '0::/a/b', 'sys/fs/cgroup/a/cpu.max': '50000 100000', 'sys/fs/cgroup/a/b/x': '' },
    0.5,
  ],
  [
    'version 1',
    {
      [own]: '3:cpuset:/\n4:cpu,cpuacct:/a',
      'sys/fs/cgroup/cpu/a/cpu.cfs_quota_us': '300000',
      'sys/fs/cgroup/cpu/a/cpu.cfs_period_us': '100000',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
    },
    3,
  ],
])('processors that a cgroup allows, by %s', (_, files, processors) => {
  const root = rootWith(files);
  expect(cgroupProcessors(root)).toBe(processors);
  const whole = Math.ceil(Math.min(processors, availableParallelism()));
  expect(usableProcessors(root)).toBe(whole);
});
