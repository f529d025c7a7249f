import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { shakelab } from '../../testkit/shakelab.ts';
import { changeLabels } from '../runs/labels.ts';
import { Library } from '../server/library/library.ts';
import { listedRuns, runTable, runTableCsv } from './runTable.ts';

let root = '';
let library: Library;

beforeAll(async () => {
  root = await temporaryFolder();
  for (const [seed, mixing] of [
    [1, 'even'],
    [2, 'shake-shake'],
    [3, 'shake-shake'],
  ] as const)
    await fakeRun(join(root, `run-${seed}`), { seed, mixing, done: 2 });
  await changeLabels(join(root, 'run-2'), {
    tag: ['base', 'paper'],
    note: 'the first that learned',
  });
  await changeLabels(join(root, 'run-3'), { archived: true });
  library = new Library(root);
  await library.refresh();
});

const names = (asked: Parameters<typeof listedRuns>[1]) =>
  listedRuns(library.list(), asked).map(({ name }) => name);

describe('the list', () => {
  it('is filtered by settings, results and labels, and sorted', () => {
    expect(names({ sort: 'seed' })).toEqual(['run-1', 'run-2']);
    expect(names({ sort: '-seed', archived: true })).toEqual(['run-3', 'run-2', 'run-1']);
    expect(names({ where: ['mixing~shake'] })).toEqual(['run-2']);
    expect(names({ where: ['archived=true'] })).toEqual(['run-3']);
    expect(names({ where: ['tags=paper', 'seed>1'] })).toEqual(['run-2']);
    expect(names({ where: ['testError<0'] })).toEqual([]);
    expect(names({ where: ['testError>=0'], sort: 'name' })).toEqual(['run-1', 'run-2']);
  });

  it('refuses a name that no run has, with the nearest', () => {
    expect(() => names({ sort: 'testerror' })).toThrow(
      "'testerror': runs have no such setting or result; did you mean testError?",
    );
    expect(() => names({ where: ['colour=red'] })).toThrow('choose from name, state');
  });

  it('is a table or CSV of the columns asked for', () => {
    const runs = listedRuns(library.list(), { sort: 'seed' });
    const [heading, first, second] = runTable(runs, 'name,seed,tags').split('\n');
    expect([heading, first, second]).toEqual([
      'name   seed  tags',
      'run-1     1  –',
      'run-2     2  base paper',
    ]);
    const [row] = csvParse(runTableCsv(runs, 'name,note,testError'));
    expect(row).toEqual({
      name: 'run-1',
      note: '',
      testError: String(runs[0].lastEpoch!.testError),
    });
  });
});

describe('the commands', () => {
  it('label, rename and delete, after asking', async () => {
    const run = join(root, 'run-9');
    await fakeRun(run, { seed: 9, done: 1 });
    const told = await shakelab(
      'runs',
      'label',
      run,
      '--tag',
      'a,b',
      '--note',
      'so so',
      '--archive',
    );
    expect(told.out).toBe(`${run}: a b (archived) so so\n`);
    const both = await shakelab('runs', 'label', run, '--archive', '--restore');
    expect([both.code, both.err]).toEqual([
      2,
      'shakelab: --archive and --restore: one of them; leave one out\n',
    ]);
    const to = join(root, 'better');
    expect((await shakelab('runs', 'rename', run, 'better')).out).toBe(`${to}\n`);
    const asked = await shakelab('runs', 'delete', to);
    expect([asked.code, existsSync(to)]).toEqual([2, true]);
    expect(asked.err).toMatch(
      /better \(\d+ files, .*\): nobody is there to be asked; add --yes to delete it\n$/,
    );
    const done = await shakelab('runs', 'delete', to, join(root, 'none'), '--yes');
    expect([done.code, existsSync(to)]).toEqual([2, false]);
    expect(done.err).toContain('no run is kept there');
    const listed = await shakelab('runs', 'list', root, '--where', 'seed=2', '--show', 'name,note');
    expect((await shakelab('runs', 'list', to)).err).toContain('there is no such folder');
    expect(listed.out).toBe('name   note\nrun-2  the first that learned\n');
    const none = await shakelab('runs', 'list', root, '--where', 'seed=77');
    expect(none.out).toMatch(/^none of \d+ runs fits\n$/);
  });

  it('lists no file, and in one form at a time', async () => {
    const file = join(root, 'run-1', 'run.json');
    const refusals = [
      [await shakelab('runs', 'list', file), `${file}: is no folder; give the folder that holds`],
      [
        await shakelab('studio', file, '--no-open'),
        `${file}: is no folder; give a folder for runs`,
      ],
      [await shakelab('runs', 'list', root, '--csv', '--json'), '--csv and --json: one form at'],
      [await shakelab('list', '--json', '--markdown'), '--markdown and --json: one form at a time'],
    ] as const;
    for (const [{ code, out, err }, reason] of refusals)
      expect([code, out, err]).toEqual([2, '', expect.stringContaining(reason)]);
  });
});
