import { describe, expect, it } from 'vitest';
import type { Batch, Resources } from '../scheduler.ts';
import { arrayScripts, closingScript } from './script.ts';

const work = ['/usr/bin/node', '/opt/shake lab/main.js', 'work', '/data/study'];

function batch(runs: number[], resources: Partial<Resources> = {}, out = '/data/study'): Batch {
  const closing = [...work, '--after', '3'];
  return { name: 'folds', out, runs, work, closing, resources: { cpus: 2, ...resources } };
}

const textOf = (...given: Parameters<typeof batch>) => arrayScripts(batch(...given))[0].text;

describe('the script of an array', () => {
  it('says all that was asked, and execs a worker', () => {
    const asked = { partition: 'long', time: '4:00:00', arrayLimit: 32, constraint: 'avx2&ib' };
    const more = { flags: '--account=a --mem=8G', setup: 'module load nodejs' };
    expect(textOf([0, 1, 2, 5], { ...asked, ...more })).toBe(`#!/bin/bash
#SBATCH --job-name=folds
#SBATCH --array=0-2,5%32
#SBATCH --cpus-per-task=2
#SBATCH --partition=long
#SBATCH --time=4:00:00
#SBATCH --constraint=avx2&ib
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR2@120
#SBATCH --output=/data/study/logs/00%3a.log
#SBATCH --account=a --mem=8G
module load nodejs
exec /usr/bin/node '/opt/shake lab/main.js' work /data/study --index "$SLURM_ARRAY_TASK_ID" --threads 2
`);
  });

  it('counts no further than Slurm does: a thousand runs each, which share the limit', () => {
    const scripts = arrayScripts(batch([7, 999, 1000, 12_345], { arrayLimit: 10 }));
    expect(scripts.map(({ first }) => first)).toEqual([0, 1000, 12_000]);
    const lines = scripts.map(({ text }) =>
      text.split('\n').filter((line) => /array=|output/.test(line)),
    );
    expect(lines).toEqual([
      ['#SBATCH --array=7,999%3', '#SBATCH --output=/data/study/logs/00%3a.log'],
      ['#SBATCH --array=0%3', '#SBATCH --output=/data/study/logs/01%3a.log'],
      ['#SBATCH --array=345%3', '#SBATCH --output=/data/study/logs/12%3a.log'],
    ]);
    expect(scripts[2].text).toContain('--index "$((SLURM_ARRAY_TASK_ID + 12000))"');
  });

  it('gives a folder as it is, whatever its name', () => {
    expect(textOf([0], {}, '/data/50 % "more"')).toContain(
      '#SBATCH --output="/data/50 %% \\"more\\"/logs/00%3a.log"\n',
    );
  });

  it.each([
    ['10', 120],
    ['4', 60],
    ['1:20', 20],
    ['0:08:00', 120],
    ['1-0', 120],
    ['UNLIMITED', 120],
  ])('warns of the limit %s %i s before', (time, seconds) => {
    expect(textOf([0], { time })).toContain(`--signal=B:USR2@${seconds}\n`);
  });

  it.each([
    [{ time: '4h' }, /^time 4h: must be a time as Slurm writes it/],
    [{ partition: 'a\n#SBATCH --uid=0' }, /^partition: must be a single line/],
    [{ flags: '--mem=1\nrm' }, /^sbatch: must be a single line/],
  ])('refuses %j', (resources, message) => {
    expect(() => textOf([0], resources)).toThrow(message);
  });
});

it('the closing script waits for all arrays, however they end', () => {
  const text = closingScript(batch([0], { time: '10', arrayLimit: 3 }), ['11', '12']);
  expect(text).toBe(`#!/bin/bash
#SBATCH --job-name=folds-report
#SBATCH --dependency=afterany:11:12
#SBATCH --cpus-per-task=1
#SBATCH --time=10
#SBATCH --open-mode=append
#SBATCH --output=/data/study/logs/report.log
exec /usr/bin/node '/opt/shake lab/main.js' work /data/study --after 3
`);
});
