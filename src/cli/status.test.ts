import { expect, it } from 'vitest';
import type { JobState, RunStatus } from '../jobs/status.ts';
import { defaultConfig } from '../runs/fields.ts';
import { statusText } from './status.ts';

const at = (host: string) => ({ host, job: null, lives: false, beatAge: 2.4 });

function run(index: number, state: JobState, more: Partial<RunStatus> = {}): RunStatus {
  const config = { ...defaultConfig, epochs: 30 };
  const title = `PreAct, seed ${index}`;
  const known = { run: { id: `r${index}`, model: 'PreAct', title, config }, problem: null };
  return { index, state, epoch: 0, holder: null, job: null, reason: null, ...known, ...more };
}

const runs = [
  run(0, 'trained', { epoch: 30 }),
  run(1, 'training', { epoch: 12, holder: at('node17'), job: '7_1' }),
  run(2, 'failed', { epoch: 4, holder: at('node3'), reason: 'the disk is full\nsecond line' }),
  run(3, 'queued', { epoch: 9, holder: at('node4'), job: '7_3', reason: 'Resources' }),
  run(4, 'waiting'),
];
const failed = [{ index: 2, log: 'runs/t/logs/00002.log', end: ['one', 'shakelab: full'] }];
const study = { title: 'Table 1', out: 'runs/t', runs, failed, reportedAt: null };

it('lists what is under way or failed, and counts the rest', () => {
  expect(statusText(study, false, 0)).toBe(`Table 1
5 runs in runs/t: 1 trained, 1 training, 1 queued, 1 failed, 1 waiting

   run             state     epoch  host    job  beat  why
1  PreAct, seed 1  training  12/30  node17  7_1   2 s
3  PreAct, seed 3  queued     9/30          7_3        Resources
2  PreAct, seed 2  failed     4/30  node3              the disk is full

PreAct, seed 2, failed; the end of runs/t/logs/00002.log:
  one
  shakelab: full

no report yet`);
});

it('lists every run on demand, and says how old the report is', () => {
  const reportedAt = '2026-01-01T00:00:00.000Z';
  const text = statusText(
    { ...study, reportedAt, failed: [] },
    true,
    Date.parse(reportedAt) + 65_000,
  );
  expect(text.match(/seed \d/g)).toHaveLength(5);
  expect(text).toMatch(/report of 1:05 ago: runs\/t\/report\.html$/);
});
