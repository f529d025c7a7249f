import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { defaultsPath, settleResources } from './defaults.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-defaults-'));
afterAll(() => rmSync(root, { recursive: true }));
const path = join(root, 'cluster.json');

it('what is not asked is as the cluster says, and else as is usual', async () => {
  expect(await settleResources({}, path)).toEqual({ cpus: 4, flags: undefined });
  writeFileSync(path, '{"partition": "long", "cpus": 8, "sbatch": "--mem=4G", "setup": "a\\nb"}');
  expect(await settleResources({ partition: 'short', cpus: undefined }, path)).toEqual({
    ...{ partition: 'short', cpus: 8, flags: '--mem=4G', setup: 'a\nb' },
  });
});

it.each(['{', '{"qos": "high"}', '{"cpus": 0}'])('refuses %s', async (text) => {
  writeFileSync(path, text);
  await expect(settleResources({}, path)).rejects.toThrow(
    /cluster\.json: a cluster's defaults are JSON, with partition, time, cpus, arrayLimit, constraint, sbatch, setup/,
  );
});

it.each([
  [{ SHAKELAB_CLUSTER: '/etc/c.json', XDG_CONFIG_HOME: '/x' }, '/etc/c.json'],
  [{ XDG_CONFIG_HOME: '/x' }, '/x/shakelab/cluster.json'],
  [{}, join(homedir(), '.config/shakelab/cluster.json')],
])('with %j the defaults are in %s', (env, expected) => {
  expect(defaultsPath(env)).toBe(expected);
});
