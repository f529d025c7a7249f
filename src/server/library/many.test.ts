import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fakeRun } from '../../../testkit/fakeRuns.ts';
import { PassingError } from '../../files/retry.ts';
import { inSlices } from '../../files/slices.ts';
import * as records from '../../runs/folder.ts';
import { Library } from './library.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-many-'));
  await inSlices(
    Array.from({ length: 1000 }, (_, seed) => seed),
    (seed) => fakeRun(join(root, `run-${seed}`), { seed, done: 2 }),
  );
});
afterAll(() => rm(root, { recursive: true }));

it('a second look at 1,000 runs that stand still reads none of them again', async () => {
  const library = new Library(root);
  const read = vi.spyOn(records, 'readRecord');
  await library.refresh();
  expect(read).toHaveBeenCalledTimes(1000);
  await library.refresh();
  expect(read).toHaveBeenCalledTimes(1000);
  read.mockRestore();
  expect(library.list()).toHaveLength(1000);
});

it('sees a record that is changed in place, and one that goes', async () => {
  const library = new Library(root);
  await library.refresh();
  await writeFile(join(root, 'run-7', 'run.json'), 'no JSON');
  await rm(join(root, 'run-8', 'run.json'));
  await library.refresh();
  expect(library.list().find(({ name }) => name === 'run-7')?.state).toBe('broken');
  expect(library.list().some(({ name }) => name === 'run-8')).toBe(false);
});

it('an error that passes is not remembered', async () => {
  await fakeRun(join(root, 'run-9'), { done: 3 });
  const library = new Library(root);
  const read = vi.spyOn(records, 'readRecord').mockRejectedValueOnce(new PassingError('EMFILE'));
  await library.refresh();
  await library.refresh();
  read.mockRestore();
  expect(
    library
      .list()
      .filter(({ state }) => state === 'broken')
      .map(({ name }) => name),
  ).toEqual(['run-7']);
});
