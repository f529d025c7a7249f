import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planName } from '../files/studyNames.ts';
import { recordName } from '../runs/folder.ts';
import { runFoldsStudy } from './folds/folds.ts';
import { begunPlan } from './plan.ts';
import { runTuning } from './tuning/tuning.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'shakelab-plan-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const small = { dataset: 'digits', net: 'resnext-8-2x2d', trainSize: 64, batch: 16, epochs: 1 };

/** Begins a study of folds in the folder. */
const begin = () => runFoldsStudy({ ...small, folds: 2, out, threads: 1 });

/** The study's plan, once it is written. */
async function planned(): Promise<string> {
  const study = begin();
  for await (const { kind } of study) if (kind === 'run-start') break;
  return readFileSync(join(out, planName), 'utf8');
}

it('another study, and a run, keep their folder', async () => {
  const plan = await planned();
  expect(await begunPlan(out, { name: 'folds' })).toMatchObject({ study: 'folds' });
  const other = runTuning({ dataset: 'digits', vary: 'lr=0.1|0.2', out, threads: 1 });
  await expect(other.next()).rejects.toThrow(
    `out ${out}: the folder holds another study, folds; choose a new or an empty folder`,
  );
  expect(readFileSync(join(out, planName), 'utf8')).toBe(plan);
  writeFileSync(join(out, recordName), '{}');
  await expect(begin().next()).rejects.toThrow(`out ${out}: the folder holds a run; choose`);
});

it('a plan of a newer release is refused and stays, a damaged one is replaced', async () => {
  const newer = '{"format": 99}';
  writeFileSync(join(out, planName), newer);
  await expect(begin().next()).rejects.toThrow('plan of format 99');
  expect(readFileSync(join(out, planName), 'utf8')).toBe(newer);
  writeFileSync(join(out, planName), '{');
  expect(JSON.parse(await planned())).toMatchObject({ study: 'folds' });
});

it('a plan that cannot be read is refused', async () => {
  mkdirSync(join(out, planName));
  await expect(begin().next()).rejects.toThrow(planName);
});
