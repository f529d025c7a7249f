import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { leaveRun } from '../../testkit/fakeRunTrainer.ts';
import { stubDataset } from '../../testkit/fakeStudy.ts';
import { writeLease } from '../../testkit/leaseProcess.ts';
import { readHalt, writeHalt } from '../runs/halts.ts';
import type { EpochEvent } from '../runs/metrics.ts';
import { foldsStudy } from '../studies/folds/folds.ts';
import { readPlan } from '../studies/plan.ts';
import { searchStudy } from '../studies/search/search.ts';
import { runFolder } from '../studies/study.ts';
import { carryOn } from './carryOn.ts';
import type { Batch, Scheduler } from './scheduler.ts';
import { submitStudy } from './submitStudy.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-submit-'));
afterAll(() => rmSync(root, { recursive: true }));

const dataset = stubDataset('digits', 'built-in digits');
const opened = { open: async <S>(settings: S) => ({ settings, dataset }) };
const digits = { title: 'digits', source: 'drawn by code', train: 1000, test: 100 };

let out: string;
/** What was submitted, and what of it waits. */
let batches: Batch[];
let waiting: Set<number>;
beforeEach(() => {
  out = mkdtempSync(join(root, 'study-'));
  [batches, waiting] = [[], new Set()];
});

/** A scheduler that starts nothing. */
const idle: Scheduler = {
  name: 'slurm',
  most: 4,
  script: ({ runs }) => `array ${runs.join(' ')}`,
  async submit(batch) {
    batches.push(batch);
    return { jobs: [{ id: `${batches.length}0`, first: 0 }], closing: `${batches.length}1` };
  },
  queued: async () =>
    [...waiting].map((index) => ({ index, job: '', state: 'queued' as const, reason: '' })),
  awaited: async (ids) => (waiting.size > 0 ? [...ids] : []),
  startedThis: () => false,
  again: async () => {},
};
const dispatch = { scheduler: idle, resources: { cpus: 2 }, work: ['--data', '/data'] };

async function toldOf(events: AsyncGenerator<{ kind: string }>): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { kind, ...event } of events) {
    const { runs, trained, underWay, later } = event as Record<string, unknown>;
    if (kind === 'census') kinds.push(`${runs}: ${trained} trained, ${underWay} under way`);
    else kinds.push(kind === 'submitted' ? `${kind} ${runs}, ${later} later` : kind);
  }
  return kinds;
}

const epoch: EpochEvent = {
  ...{ kind: 'epoch', epoch: 1, step: 10, trainLoss: 1, trainError: 20, testLoss: 1 },
  ...{ testError: 20, imagesPerSecond: 100, seconds: 1 },
};

/** Leaves runs of the plan as if they had been trained. */
async function train(indices: readonly number[], testError = 20): Promise<void> {
  const { runs } = await readPlan(out);
  for (const index of indices) {
    const { config } = runs[index];
    const last = { ...epoch, epoch: config.epochs, testError: testError + index };
    await leaveRun(runFolder(out, runs[index]), config, digits, [last]);
  }
}

const numbers = () => batches.map(({ runs }) => runs);

describe('a study on a scheduler', () => {
  const study = { ...foldsStudy, ...opened };
  const submit = (dryRun = false) =>
    toldOf(submitStudy(study, { dataset: 'digits', epochs: 1, out, folds: 6 }, dispatch, dryRun));

  it('is submitted as far as the scheduler takes it, and the rest after that', async () => {
    expect(await submit()).toEqual(['plan', '6: 0 trained, 0 under way', 'submitted 4, 2 later']);
    const { work, closing, name, runs } = batches[0];
    expect([name, runs]).toEqual(['folds', [0, 1, 2, 3]]);
    expect(work.slice(-4)).toEqual(['work', out, '--data', '/data']);
    expect(closing.slice(-4)).toEqual(['work', out, '--after', '1']);
    await train([0, 1, 2, 3]);
    expect(await toldOf(carryOn(out, 1, () => idle))).toEqual([
      ...['reported', 'submitted 2, 0 later', 'done'],
    ]);
    await train([4, 5]);
    expect(await toldOf(carryOn(out, 2, () => idle))).toEqual(['reported', 'done']);
    expect(numbers()).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
  });

  it('is submitted again as far as nothing is done or under way', async () => {
    await submit();
    waiting.add(1);
    await train([0]);
    const { runs } = await readPlan(out);
    const [, , held, stopped] = runs.map((run) => runFolder(out, run));
    writeLease(held, 1, {});
    await leaveRun(stopped, runs[3].config, digits, []);
    await writeHalt(stopped, 'stopped');
    expect(await submit()).toEqual(['plan', '6: 1 trained, 4 under way', 'submitted 1, 0 later']);
    expect(numbers()[1]).toEqual([3]);
    expect(await readHalt(stopped)).toBeNull();
    waiting.clear();
    expect(await submit()).toEqual(['plan', '6: 1 trained, 1 under way', 'submitted 4, 0 later']);
    expect(numbers()[2]).toEqual([1, 3, 4, 5]);
  });

  it('goes on without those that failed, and reports without them', async () => {
    await submit();
    await train([0, 2, 3]);
    const { runs } = await readPlan(out);
    const failed = runFolder(out, runs[1]);
    await leaveRun(failed, runs[1].config, digits, []);
    await writeHalt(failed, 'failed', 'the loss is no longer finite');
    const told = await toldOf(carryOn(out, 1, () => idle));
    expect(told).toEqual(['reported', 'submitted 2, 0 later', 'done']);
    expect(numbers()[1]).toEqual([4, 5]);
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect([summary.runs.length, summary.planned]).toEqual([3, 6]);
  });

  it('is told, not submitted, in a dry run', async () => {
    expect(await submit(true)).toEqual(['plan', '6: 0 trained, 0 under way', 'script']);
    expect(batches).toEqual([]);
    await expect(readPlan(out)).rejects.toThrow(`${out}: no study is kept there`);
  });

  it('that is trained is not submitted', async () => {
    await submit();
    await train([0, 1, 2, 3, 4, 5]);
    expect(await submit()).toEqual(['plan', '6: 6 trained, 0 under way']);
  });

  it('pins the instruction set that it was begun with', async () => {
    await submit();
    const { isa } = await readPlan(out);
    expect(isa).toMatch(/^(avx512|avx2|baseline|neon)/);
    const before = process.env.SHAKELAB_ISA;
    process.env.SHAKELAB_ISA = 'another';
    await submit();
    if (before === undefined) delete process.env.SHAKELAB_ISA;
    else process.env.SHAKELAB_ISA = before;
    expect((await readPlan(out)).isa).toBe(isa);
  });
});

it('a search submits its next round when all of one is trained', async () => {
  const study = { ...searchStudy, ...opened };
  const options = { config: { dataset: 'digits' }, out, rounds: 2, factor: 16, validation: 'none' };
  const wide = { ...dispatch, scheduler: { ...idle, most: 1000 } };
  expect(await toldOf(submitStudy(study, options, wide))).toEqual([
    ...['plan', '32: 0 trained, 0 under way', 'submitted 32, 0 later'],
  ]);
  await train(Array.from({ length: 31 }, (_, index) => index));
  expect(await toldOf(carryOn(out, 1, () => idle))).toEqual(['note', 'done']);
  await train([31]);
  expect(await toldOf(carryOn(out, 1, () => idle))).toEqual([
    ...['reported', 'submitted 2, 0 later', 'done'],
  ]);
  const { runs } = await readPlan(out);
  expect(runs.slice(32).map(({ id }) => id.split('.')[0])).toEqual(['round2', 'round2']);
  await train([32, 33]);
  expect(await toldOf(carryOn(out, 2, () => idle))).toEqual(['reported', 'done']);
});
