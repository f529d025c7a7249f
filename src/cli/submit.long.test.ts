import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shakelabWords, start } from '../../testkit/shakelab.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-submit-cli-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));
const out = join(root, 'study');
const small = '--dataset digits --train-size 48 --net resnext-8-2x2d --batch 16 --folds 2';
const study = ['study', 'folds', ...small.split(' '), '--out', out];
const onSlurm = [...study, '--on', 'slurm', '--cpus', '1'];

/** Tools that keep what they are asked. */
beforeAll(() => {
  const tools = {
    sbatch: `cat >> ${root}/scripts; echo "$@" >> ${root}/asked; echo "7;cluster"`,
    squeue: 'echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1',
    scontrol: `echo "scontrol $@ in ${'$'}{SLURM_JOB_ID-no job}" >> ${root}/asked`,
  };
  for (const [name, body] of Object.entries(tools)) {
    writeFileSync(join(root, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(root, name), 0o755);
  }
});

const asked = () => readFileSync(join(root, 'asked'), 'utf8');
const PATH = `${root}:${process.env.PATH}`;
const begin = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  start(shakelabWords(...args), {
    env: { ...process.env, PATH, SHAKELAB_CLUSTER: join(root, 'none'), ...env },
  });
const shakelab = (...args: string[]) => begin(args).ending;

it('a dry run prints scripts alone on standard output, and leaves nothing', async () => {
  const { code, out: printed, err } = await shakelab(...onSlurm, '--dry-run', '--time', '10');
  expect([code, printed.split('\n')[0]]).toEqual([0, '#!/bin/bash']);
  expect(printed).toContain('#SBATCH --array=0-1\n');
  expect(printed).toContain(`work ${out} --index "$SLURM_ARRAY_TASK_ID" --threads 1\n`);
  expect(err).toContain('2 runs: 0 trained, 0 under way, 2 to be trained\n');
  expect(existsSync(out)).toBe(false);
});

it('submits, says how to watch, and keeps what was submitted', async () => {
  const { code, out: printed } = await shakelab(...onSlurm);
  expect(code).toBe(0);
  expect(printed.split('\n').slice(-4)).toEqual([
    '2 runs submitted to slurm as 7',
    '7 follows: it writes the report',
    `npx shakelab status ${out}`,
    '',
  ]);
  expect(asked()).toBe('--parsable\n--parsable\n');
  const kept = JSON.parse(readFileSync(join(out, 'submissions', '000001.json'), 'utf8'));
  expect(kept).toMatchObject({ jobs: [{ id: '7', first: 0 }], runs: '0-1', later: '' });
});

it('a worker near its time limit saves, and is put back into the queue once', async () => {
  const task = { SLURM_JOB_ID: '9', SLURM_ARRAY_JOB_ID: '7', SLURM_ARRAY_TASK_ID: '1' };
  const long = join(root, 'long');
  await shakelab(...onSlurm, '--epochs', '100000', '--out', long);
  const worker = begin(['work', long, '--index', '1', '--threads', '1'], task);
  worker.child.stdout!.on('data', (text: string) => {
    if (/ 2\/100000 /.test(text)) worker.child.kill('SIGUSR2');
  });
  const { code, out: log, err } = await worker.ending;
  expect(code).toBe(130);
  expect(log).toMatch(/^\d{4}-.*: process \d+ on .*, job 7_1\n/);
  expect(err).toMatch('saved near the time limit, and put back into the queue\n');
  expect(asked()).toMatch(/scontrol requeue 7_1 in no job\n$/);
});

it.each([
  [[...study, '--partition', 'a'], '--partition a: says how jobs are submitted; add --on slurm'],
  [[...onSlurm, '--threads', '1'], '--threads 1: a worker computes with a thread a processor'],
  [[...study, '--on', 'pbs'], '--on pbs: there is no such scheduler; there is slurm'],
  [[...onSlurm, '--time', '4h'], '--time 4h: must be a time as Slurm writes it'],
  [['work', out, '--index', '2'], '--index 2: the study in'],
  [['work', out], '--index: say which run to work on, or --after a submission, and not both'],
])('refuses %j', async (args, message) => {
  const { code, err } = await shakelab(...args);
  expect(err).toContain(`shakelab: ${message}`);
  expect(code).toBe(2);
});

it('says where there is no Slurm', async () => {
  const { code, err } = await begin(onSlurm, { PATH: '/nowhere' }).ending;
  expect(code).toBe(2);
  expect(err).toContain('--on slurm: sbatch is not to be found here; use a host of the cluster');
});
