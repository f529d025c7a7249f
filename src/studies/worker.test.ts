import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { stubDataset } from '../../testkit/fakeStudy.ts';
import { parseConfig } from '../runs/config.ts';
import { readRecord } from '../runs/folder.ts';
import { writeHalt } from '../runs/halts.ts';
import { foldsStudy } from './folds/folds.ts';
import { planOf, writePlan } from './plan.ts';
import { runStudy } from './runStudy.ts';
import { workOn } from './worker.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-worker-'));
afterAll(() => rmSync(root, { recursive: true }));
const isaBefore = process.env.SHAKELAB_ISA;
afterEach(() => {
  if (isaBefore === undefined) delete process.env.SHAKELAB_ISA;
  else process.env.SHAKELAB_ISA = isaBefore;
});

const tiny = { dataset: 'digits', trainSize: 48, net: 'resnext-8-2x2d', batch: 16, epochs: 1 };
const options = { ...tiny, folds: 2, validation: '0.2', threads: 1 };
const config = parseConfig({ ...tiny, validation: '0.2' });
const [here, elsewhere] = ['here', 'elsewhere'].map((name) => join(root, name));

async function planned(out: string, isa?: string): Promise<void> {
  const settings = { out, seeds: 1, folds: 2, repeats: 1, config, dataset: 'digits' };
  const dataset = stubDataset('digits', 'built-in digits');
  const facts = { study: foldsStudy, dataset, settings, command: 'npx …', threads: 1, isa };
  await writePlan(out, planOf(facts, foldsStudy.runs(settings, [])));
}

async function told(out: string, index: number): Promise<string[]> {
  const kinds: string[] = [];
  for await (const event of workOn(out, index, { threads: 1 })) {
    kinds.push(event.kind === 'note' ? event.text : event.kind);
  }
  return kinds;
}

beforeAll(async () => {
  for await (const _ of runStudy(foldsStudy, { ...options, out: here }));
  mkdirSync(elsewhere);
  await planned(elsewhere);
});

it('workers leave the bits that the study leaves in one process', async () => {
  for (const index of [1, 0]) expect((await told(elsewhere, index)).at(-1)).toBe('run-done');
  for (const fold of [1, 2]) {
    const path = join('runs', `repeat1.fold${fold}`, 'checkpoint.safetensors');
    const [one, other] = [here, elsewhere].map((out) => readFileSync(join(out, path)));
    expect(one.equals(other)).toBe(true);
  }
});

it('a run that is trained is told at once, one that was asked to stop is left alone', async () => {
  expect(await told(elsewhere, 0)).toEqual(['run-start', 'run-done']);
  await writeHalt(join(elsewhere, 'runs', 'repeat1.fold1'), 'stopped');
  expect(await told(elsewhere, 0)).toEqual([
    'Fold 1 of 2: stopped, and left so until it is submitted again',
  ]);
});

it('computes by the instruction set that the study is pinned to, or refuses', async () => {
  await planned(here, 'baseline');

  const run = join(here, 'runs', 'repeat1.fold2');
  rmSync(run, { recursive: true });
  await told(here, 1);
  expect((await readRecord(run)).machine.isa).toBe('baseline');
  await planned(here, 'avx9000');
  await expect(told(here, 1)).rejects.toThrow(
    /: the study is pinned to avx9000, this host computes by .*baseline; have hosts with avx9000/,
  );
});

it('refuses a run that is not planned', async () => {
  await expect(told(elsewhere, 2)).rejects.toThrow(
    `index 2: the study in ${elsewhere} has 2 runs, counted from 0`,
  );
});
