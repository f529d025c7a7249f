import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endless, expectUnbroken } from '../../../testkit/brokenRun.ts';
import { shakelabWords, start } from '../../../testkit/shakelab.ts';
import {
  missingForCluster,
  type SlurmCluster,
  startCluster,
} from '../../../testkit/slurmCluster.ts';
import { writeHalt } from '../../runs/halts.ts';
import { readLease } from '../../runs/leaseFiles.ts';
import { readEpochs } from '../../runs/metrics.ts';
import type { StudyStatus } from '../status.ts';

const missing = missingForCluster();
if (missing) console.warn(`the tests of a Slurm cluster are skipped: ${missing}`);

const small = '--dataset digits --train-size 512 --net resnext-8-2x2d --batch 16 --folds 3';
const study = (epochs: number) => `study folds ${small} --epochs ${epochs}`.split(' ');
const checkpoint = 'checkpoint.safetensors';
const runs = [1, 2, 3].map((fold) => join('runs', `repeat1.fold${fold}`));

describe.skipIf(missing !== null)('a cluster of three nodes', () => {
  const root = mkdtempSync(join(tmpdir(), 'shakelab-cluster-'));
  const alone = join(root, 'one');
  let cluster: SlurmCluster;
  beforeAll(async () => {
    chmodSync(root, 0o755);
    cluster = await startCluster(join(root, 'cluster'));
    expect((await shakelab(...study(2), '--out', alone, '--threads', '2')).code).toBe(0);
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
  const epochsOf = async (folder: string) => (await readEpochs(folder)).length;
  const hasGone = (task: number) => expect.poll(() => jobOf(task)).toBeUndefined();
  const submit = (folder: string, epochs: number) =>
    shakelab(...study(epochs), '--out', folder, '--on', 'slurm', '--cpus', '2');

  /** Waits until runs of a study have trained an epoch more than now. */
  async function haveGoneOn(folders: readonly string[]): Promise<void> {
    const before = await Promise.all(folders.map(epochsOf));
    const gone = async () =>
      (await Promise.all(folders.map(epochsOf))).every((epochs, run) => epochs > before[run]);
    await expect.poll(gone).toBe(true);
  }

  async function statesIn(folder: string): Promise<string[]> {
    const { out } = await shakelab('status', folder, '--json');
    return (JSON.parse(out) as StudyStatus).runs.map(({ state }) => state);
  }

  it('trains a study to the bits of one machine, and reports', async () => {
    const out = join(root, 'many machines');
    const submitted = await submit(out, 2);
    expect(submitted.err).toBe('');
    expect(submitted.out).toMatch(/3 runs submitted to slurm as \d+/);
    await expect.poll(jobs).toEqual(['']);
    expect(readdirSync(out)).toContain('report.html');
    const { runs: found, planned } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect([found.length, planned]).toEqual([3, 3]);
    for (const run of runs) {
      const bits = [out, alone].map((study) => readFileSync(join(study, run, checkpoint)));
      expect(bits[0].equals(bits[1]), run).toBe(true);
    }
  });

  it('goes on elsewhere with a run whose node dies, to the same bits', async () => {
    const out = join(root, 'a node dies');
    const [first, second, third] = runs.map((run) => join(out, run));
    await submit(out, endless);
    await haveGoneOn([first, second, third]);
    // Where another run was is room for the one that loses its node.
    await writeHalt(first, 'stopped');
    await writeHalt(third, 'stopped');
    await Promise.all([hasGone(0), hasGone(2)]);
    const [id, , node] = (await jobOf(1))!;
    await cluster.powerOff(node);
    await expect.poll(async () => (await jobOf(1))?.[1]).toBe('PENDING');
    await cluster.tool('scontrol', 'update', `JobId=${id}`, 'StartTime=now');
    await haveGoneOn([second]);
    const host = (await readLease(second, 2))?.host;
    expect(host).toMatch(/^node\d$/);
    expect(host).not.toBe(node);
    await writeHalt(second, 'stopped');
    await expect.poll(jobs).toEqual(['']);
    expect(await statesIn(out)).toEqual(['stopped', 'stopped', 'stopped']);
    await expectUnbroken(second);
    await cluster.powerOn(node);
  });

  it('stops and cancels runs anywhere, and goes on with them by the same command', async () => {
    const out = join(root, 'halted');
    const folders = runs.map((run) => join(out, run));
    await submit(out, endless);
    await haveGoneOn(folders);
    await writeHalt(folders[0], 'stopped');
    await cluster.tool('scancel', (await jobOf(1))![0]);
    await Promise.all([hasGone(0), hasGone(1)]);
    expect(await statesIn(out)).toEqual(['stopped', 'interrupted', 'training']);
    const { out: told } = await submit(out, endless);
    expect(told).toMatch('3 runs: 0 trained, 1 under way, 2 to be trained');
    await haveGoneOn(folders);
    for (const folder of folders) await writeHalt(folder, 'stopped');
    await expect.poll(jobs).toEqual(['']);
    expect(await statesIn(out)).toEqual(['stopped', 'stopped', 'stopped']);
    for (const folder of folders.slice(0, 2)) await expectUnbroken(folder);
  });
});
