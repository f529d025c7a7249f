import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endless, expectUnbroken, leftIn, trainUpTo } from '../../../testkit/brokenRun.ts';
import {
  eventsOf,
  type RunningCommand,
  shakelab,
  startShakelab,
  toldOf,
} from '../../../testkit/shakelab.ts';
import { loadCheckpoint } from '../../runs/checkpoint.ts';
import { readRecord } from '../../runs/folder.ts';
import { leasePath } from '../../runs/leaseFiles.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-parallel-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

const settings = ['--dataset', 'digits', '--train-size', '192', '--net', 'resnext-8-2x2d'];
const folds = (out: string, ...more: string[]) => [
  ...['study', 'folds', ...settings, '--batch', '16', '--epochs', '3', '--folds', '3'],
  ...['--out', join(root, out), '--json', ...more],
];

/** What each run of a study has left, but for what tells of time. */
async function runsIn(out: string) {
  const folder = join(root, out, 'runs');
  const names = readdirSync(folder).sort();
  return Promise.all(names.map(async (name) => [name, await leftIn(join(folder, name))]));
}

const runNames = ['fold1', 'fold2', 'fold3'].map((fold) => `repeat1.${fold}`);
const runFolders = (out: string) => runNames.map((name) => join(root, out, 'runs', name));

/** The steps that the runs of a study are saved at. */
const stepsIn = (out: string) =>
  Promise.all(
    runFolders(out).map(async (folder) => (await loadCheckpoint(folder))?.state.step ?? 0),
  );

/** Begins a study without an end, or goes on with it, until each of its runs has got further. */
async function underWay(out: string): Promise<RunningCommand> {
  const before = await stepsIn(out);
  const command = startShakelab(...folds(out, '--parallel', '3', '--epochs', String(endless)));
  const further = async () => (await stepsIn(out)).every((step, run) => step > before[run]);
  await expect.poll(further).toBe(true);
  return command;
}

/** Interrupts a study that is under way, which must be saved. */
async function expectSavedBy(signal: NodeJS.Signals, { child, ending }: RunningCommand) {
  child.kill(signal);
  const end = await ending;
  expect([end.code, end.err]).toEqual([
    130,
    'stopping after this step; Ctrl-C once more stops at once\n',
  ]);
  return eventsOf(end);
}

async function expectRunsUnbroken(out: string): Promise<void> {
  for (const folder of runFolders(out)) await expectUnbroken(folder, folder);
}

const kindsOf = (events: Record<string, unknown>[], kind: string) =>
  events.filter((event) => event.kind === kind);

let alone: Awaited<ReturnType<typeof runsIn>>;
beforeAll(async () => {
  expect((await shakelab(...folds('alone'))).code).toBe(0);
  alone = await runsIn('alone');
  expect(alone.map(([name]) => name)).toEqual(runNames);
});

describe('a study of runs side by side', () => {
  it('leaves the bits of one run after another', async () => {
    const ending = await shakelab(...folds('together', '--parallel', '2', '--threads', '2'));
    expect([ending.code, ending.err]).toEqual([0, '']);
    expect(kindsOf(eventsOf(ending), 'run-done')).toHaveLength(3);
    expect(await runsIn('together')).toEqual(alone);
    expect(existsSync(join(root, 'together', 'report.html'))).toBe(true);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is saved by %s, and the same command goes on to the same bits',
    async (signal) => {
      await expectSavedBy(signal, await underWay(signal));
      const again = await expectSavedBy(signal, await underWay(signal));
      const starts = kindsOf(again, 'run-start').map(({ from }) => from);
      expect(starts).toEqual(['checkpoint', 'checkpoint', 'checkpoint']);
      await expectRunsUnbroken(signal);
    },
  );

  it('ends its runs, saved, when it is killed itself', async () => {
    const { child, ending } = await underWay('killed');
    child.kill('SIGKILL');
    await ending;
    const haveEnded = () =>
      runFolders('killed').every((folder) => existsSync(leasePath(folder, 1, 'ended')));
    await expect.poll(haveEnded).toBe(true);
    await expectRunsUnbroken('killed');
    await expectSavedBy('SIGINT', await underWay('killed'));
    await expectRunsUnbroken('killed');
  });

  it('goes on without a run that fails, tells it, and tries it again', async () => {
    const words = folds('failing', '--parallel', '2');
    const [broken] = runFolders('failing');
    const { config } = await readRecord(runFolders('alone')[0]);
    await trainUpTo(broken, config, 5);
    const record = readFileSync(join(broken, 'run.json'), 'utf8');
    const { data, ...rest } = JSON.parse(record);
    const other = { ...rest, data: { ...data, digest: `0${data.digest.slice(1)}` } };
    writeFileSync(join(broken, 'run.json'), JSON.stringify(other));
    const ending = await shakelab(...words);
    expect(ending.code).toBe(1);
    expect(ending.err).toMatch(
      /^shakelab: 1 of 3 runs failed: Fold 1 of 3; the same command tries them again/,
    );
    const [failed] = kindsOf(eventsOf(ending), 'run-failed');
    expect(failed).toMatchObject({ index: 0, message: expect.stringContaining('fold1') });
    expect(kindsOf(eventsOf(ending), 'run-done')).toHaveLength(2);
    writeFileSync(join(broken, 'run.json'), record);
    expect((await shakelab(...words)).code).toBe(0);
    expect(await runsIn('failing')).toEqual(alone);
  });

  it('finds out how many at once are fastest, and says so', async () => {
    const command = startShakelab(
      ...folds('auto', '--parallel', 'auto', '--epochs', String(endless)),
    );
    await toldOf(command, 'training');
    command.child.kill('SIGINT');
    const ending = await command.ending;
    expect(ending.code).toBe(130);
    const [note] = kindsOf(eventsOf(ending), 'note');
    expect(note.text).toMatch(
      /^(\d+ runs at once, .*: together \d\.\d\d times|.*: more are no faster)/,
    );
  });

  it('compares nothing where a run is over before its speed is known', async () => {
    // Two steps are too few to tell a speed by, however long they take.
    const brief = ['--epochs', '1', '--batch', '64'];
    const ending = await shakelab(
      ...folds('short', '--parallel', 'auto', '--threads', '2', ...brief),
    );
    expect(ending.code).toBe(0);
    expect(kindsOf(eventsOf(ending), 'note')).toEqual([]);
    await expectRunsUnbroken('short');
  });
});

it('a search trains the runs of each round side by side, and chooses alike', async () => {
  const search = (out: string, ...more: string[]) => [
    ...['search', ...settings, '--train-size', '64', '--batch', '64'],
    ...['--rounds', '2', '--factor', '16'],
    ...['--out', join(root, out), '--json', ...more],
  ];
  const one = await shakelab(...search('search-alone'));
  const ending = await shakelab(...search('search', '--parallel', '4'));
  expect([one.code, ending.code]).toEqual([0, 0]);
  expect(await runsIn('search')).toEqual(await runsIn('search-alone'));
  const kinds = eventsOf(ending).map(({ kind }) => kind);
  expect(kinds.indexOf('round-done')).toBeGreaterThan(kinds.indexOf('run-done'));
  expect(kinds.filter((kind) => kind === 'round-done')).toHaveLength(2);
});
