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
import { writeHalt } from '../../runs/halts.ts';
import { readLease } from '../../runs/leaseFiles.ts';
import { readMetrics } from '../../runs/metrics.ts';
import type { StudyStatus } from '../status.ts';

const missing = missingForCluster();
if (missing) console.warn(`the tests of a Slurm cluster are skipped: ${missing}`);

const small = '--dataset digits --train-size 512 --net resnext-8-2x2d --batch 16 --folds 3';
/** So many that no run ends while a node is switched off or a job is cancelled after its first. */
const epochs = 48;
const study = `study folds ${small} --epochs ${epochs}`.split(' ');
const checkpoint = 'checkpoint.safetensors';
const runs = [1, 2, 3].map((fold) => join('runs', `repeat1.fold${fold}`));

describe.skipIf(missing !== null)('a cluster of three nodes', () => {
  const root = mkdtempSync(join(tmpdir(), 'shakelab-cluster-'));
  const out = join(root, 'many machines');
  const alone = join(root, 'one');
  let cluster: SlurmCluster;
  beforeAll(async () => {
    chmodSync(root, 0o755);
    cluster = await startCluster(join(root, 'cluster'));
    expect((await shakelab(...study, '--out', alone, '--threads', '2')).code).toBe(0);
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
  const epochsOf = async (run: string, study = out) =>
    (await readMetrics(join(study, run))).filter(({ kind }) => kind === 'epoch').length;

  /** What the runs have left, compared with what they leave where one process trains all. */
  function expectBitsOfOne(folder: string): void {
    for (const run of runs) {
      const bits = [folder, alone].map((study) => readFileSync(join(study, run, checkpoint)));
      expect(bits[0].equals(bits[1]), run).toBe(true);
    }
  }

  it('trains a study whose node dies to the bits of one machine, and reports', async () => {
    const submitted = await shakelab(...study, '--out', out, '--on', 'slurm', '--cpus', '2');
    expect(submitted.err).toBe('');
    expect(submitted.out).toMatch(/3 runs submitted to slurm as \d+/);
    await expect.poll(() => epochsOf(runs[1])).toBeGreaterThan(1);
    const [id, , node] = (await jobOf(1))!;
    await cluster.powerOff(node);
    await expect.poll(async () => (await jobOf(1))?.[1]).toBe('PENDING');
    expect(await epochsOf(runs[1])).toBeLessThan(epochs);
    await cluster.tool('scontrol', 'update', `JobId=${id}`, 'StartTime=now');
    await expect.poll(jobs).toEqual(['']);
    const second = await readLease(join(out, runs[1]), 2);
    expect(second?.host).not.toBe(node);
    expect(readdirSync(out)).toContain('report.html');
    const { runs: found, planned } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect([found.length, planned]).toEqual([3, 3]);
    expectBitsOfOne(out);
    await cluster.powerOn(node);
  });

  it('stops and cancels runs anywhere, and goes on with them by the same command', async () => {
    const halted = join(root, 'halted');
    const submit = () => shakelab(...study, '--out', halted, '--on', 'slurm', '--cpus', '2');
    const states = async () => {
      const { out: told } = await shakelab('status', halted, '--json');
      return (JSON.parse(told) as StudyStatus).runs.map(({ state }) => state);
    };
    await submit();
    const trains = (run: string) => expect.poll(() => epochsOf(run, halted)).toBeGreaterThan(0);
    await trains(runs[0]);
    await writeHalt(join(halted, runs[0]), 'stopped');
    await trains(runs[1]);
    await cluster.tool('scancel', (await jobOf(1))![0]);
    await expect.poll(jobs).toEqual(['']);
    expect(await states()).toEqual(['stopped', 'interrupted', 'trained']);
    const { out: told } = await submit();
    expect(told).toMatch('3 runs: 1 trained, 0 under way, 2 to be trained');
    await expect.poll(jobs).toEqual(['']);
    expect(await states()).toEqual(['trained', 'trained', 'trained']);
    expectBitsOfOne(halted);
  });
});
