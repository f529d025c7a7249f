import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { leaveRun } from '../../testkit/fakeRunTrainer.ts';
import { stubDataset } from '../../testkit/fakeStudy.ts';
import { writeLease } from '../../testkit/leaseProcess.ts';
import { parseConfig } from '../runs/config.ts';
import { writeHalt } from '../runs/halts.ts';
import { leasePath } from '../runs/leaseFiles.ts';
import type { EpochEvent } from '../runs/metrics.ts';
import { foldsStudy } from '../studies/folds/folds.ts';
import { planOf, readPlan, writePlan } from '../studies/plan.ts';
import { runFolder } from '../studies/study.ts';
import type { Scheduler } from './scheduler.ts';
import { slurm } from './slurm/slurm.ts';
import { statusOf } from './status.ts';
import { writeSubmission } from './submissions.ts';

const out = mkdtempSync(join(tmpdir(), 'shakelab-status-'));
afterAll(() => {
  vi.useRealTimers();
  rmSync(out, { recursive: true });
});

const data = { title: 'digits', source: 'drawn by code', train: 1000, test: 100 };
const epoch = (number: number): EpochEvent => ({
  ...{ kind: 'epoch', epoch: number, step: number, trainLoss: 1, trainError: 20, testLoss: 1 },
  ...{ testError: 20, imagesPerSecond: 100, seconds: 1 },
});

/** A scheduler that has runs 4 and 5 of one array. */
const queue: Scheduler = {
  ...slurm,
  queued: async ([{ id, first }]) => [
    { index: first + 4, job: `${id}_4`, state: 'queued', reason: 'Resources' },
    { index: first + 5, job: `${id}_5`, state: 'running', reason: 'None' },
  ],
};

beforeAll(async () => {
  // Beats grow no older while they are written and looked at.
  vi.useFakeTimers({ toFake: ['Date'] });
  const config = parseConfig({ dataset: 'digits', epochs: 3 });
  const settings = { out, seeds: 1, folds: 8, repeats: 1, config, dataset: 'digits' };
  const dataset = stubDataset('digits', 'built-in digits');
  const facts = { study: foldsStudy, dataset, settings, command: 'npx …', threads: 1 };
  await writePlan(out, planOf(facts, foldsStudy.runs(settings, [])));
  const { runs } = await readPlan(out);
  const epochs = [3, 1, 2, 1, 1];
  for (const [index, count] of epochs.entries()) {
    const done = Array.from({ length: count }, (_, k) => epoch(k + 1));
    await leaveRun(runFolder(out, runs[index]), runs[index].config, data, done);
  }
  const folders = runs.map((run) => runFolder(out, run));
  const elsewhere = { host: 'node17', machine: 'another' };
  for (const index of [1, 2, 3]) writeLease(folders[index], 1, elsewhere);
  for (const [index, age] of [
    [1, 7],
    [3, 1000],
  ]) {
    const beat = leasePath(folders[index], 1, 'beat');
    writeFileSync(beat, '9\n');
    const then = Date.now() / 1000 - age;
    utimesSync(beat, then, then);
  }
  writeFileSync(leasePath(folders[2], 1, 'ended'), 'now\n');
  await writeHalt(folders[2], 'failed', 'the disk is full');
  mkdirSync(join(out, 'logs'));
  writeFileSync(join(out, 'logs', '00002.log'), `${'a line\n'.repeat(2000)}the end\n`);
  writeFileSync(join(out, 'logs', '00007.log'), 'on node4\nshakelab: no data\n');
  const kept = { scheduler: 'slurm', closing: '8', runs: '0-7', later: '', work: [] };
  const jobs = [{ id: '7', first: 0 }];
  await writeSubmission(out, 1, { ...kept, jobs, resources: { cpus: 2 }, since: 'now' });
});

it('tells of each run what its folder and the queue tell', async () => {
  const { runs, failed } = await statusOf(out, () => queue);
  const rows = runs.map(({ state, epoch, holder, job, reason }) => {
    const beat = holder?.lives ? Math.round(holder.beatAge ?? -1) : null;
    return [state, epoch, holder?.host ?? null, beat, job, reason];
  });
  expect(rows).toEqual([
    ['trained', 3, null, null, null, null],
    ['training', 1, 'node17', 7, null, null],
    ['failed', 2, 'node17', null, null, 'the disk is full'],
    ['interrupted', 1, 'node17', null, null, null],
    ['queued', 1, null, null, '7_4', 'Resources'],
    ['starting', 0, null, null, '7_5', null],
    ['waiting', 0, null, null, null, null],
    ['failed', 0, null, null, null, 'shakelab: no data'],
  ]);
  expect(failed).toEqual([
    expect.objectContaining({ index: 2 }),
    { index: 3, log: join(out, 'logs', '00003.log'), end: [] },
    expect.objectContaining({ index: 7, end: ['on node4', 'shakelab: no data'] }),
  ]);
  expect(failed).toContainEqual({
    index: 2,
    log: join(out, 'logs', '00002.log'),
    end: ['a line', 'a line', 'a line', 'a line', 'a line', 'the end'],
  });
});
