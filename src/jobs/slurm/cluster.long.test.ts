import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shakelabWords, start } from '../../../testkit/shakelab.ts';
import {
  missingForCluster,
  type SlurmCluster,
  startCluster,
} from '../../../testkit/slurmCluster.ts';
import { readLease } from '../../runs/leaseFiles.ts';
import { readMetrics } from '../../runs/metrics.ts';

const missing = missingForCluster();
if (missing) console.warn(`the tests of a Slurm cluster are skipped: ${missing}`);

const small = '--dataset digits --train-size 512 --net resnext-8-2x2d --batch 16 --folds 3';
const study = `study folds ${small} --epochs 8`.split(' ');
const checkpoint = 'checkpoint.safetensors';
const runs = [1, 2, 3].map((fold) => join('runs', `repeat1.fold${fold}`));

describe.skipIf(missing !== null)('a cluster of three nodes', { timeout: 180_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), 'shakelab-cluster-'));
  const out = join(root, 'many machines');
  const alone = join(root, 'one');
  let cluster: SlurmCluster;
  beforeAll(async () => {
    chmodSync(root, 0o755);
    cluster = await startCluster(join(root, 'cluster'));
  });
  afterAll(() => {
    cluster?.stop();
    rmSync(root, { recursive: true, maxRetries: 5 });
  });

  const shakelab = (...args: string[]) =>
    start(shakelabWords(...args), { env: { ...cluster.env, SHAKELAB_PATIENCE: '5' } }).ending;
  const jobs = async () =>
    (await cluster.tool('squeue', '-h', '-r', '-o', '%F_%K %T %N')).split('\n');
  const jobOf = async (task: number) =>
    (await jobs()).map((line) => line.split(' ')).find(([id]) => id.endsWith(`_${task}`));
  const epochsOf = async (run: string) =>
    (await readMetrics(join(out, run))).filter(({ kind }) => kind === 'epoch').length;

  it('trains a study whose node dies to the bits of one machine, and reports', async () => {
    const submitted = await shakelab(...study, '--out', out, '--on', 'slurm', '--cpus', '2');
    expect(submitted.err).toBe('');
    expect(submitted.out).toMatch(/3 runs submitted to slurm as \d+/);
    await expect.poll(() => epochsOf(runs[1])).toBeGreaterThan(1);
    const [id, , node] = (await jobOf(1))!;
    await cluster.powerOff(node);
    await expect.poll(async () => (await jobOf(1))?.[1]).toBe('PENDING');
    expect(await epochsOf(runs[1])).toBeLessThan(8);
    await cluster.tool('scontrol', 'update', `JobId=${id}`, 'StartTime=now');
    await expect.poll(async () => (await jobs()).join('')).toBe('');
    const second = await readLease(join(out, runs[1]), 2);
    expect(second?.host).not.toBe(node);
    expect(readdirSync(out)).toContain('report.html');
    const { runs: found, planned } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect([found.length, planned]).toEqual([3, 3]);
    const here = await shakelab(...study, '--out', alone, '--threads', '1');
    expect(here.code).toBe(0);
    for (const run of runs) {
      const bits = [out, alone].map((folder) => readFileSync(join(folder, run, checkpoint)));
      expect(bits[0].equals(bits[1]), run).toBe(true);
    }
  });
});
