import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fakeRun } from '../../../testkit/fakeRuns.ts';
import { Library } from './library.ts';

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>();
  return { ...real, readdir: vi.fn(real.readdir) };
});
const reading = vi.mocked(readdir);
const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'scandir' });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-find-'));
  await fakeRun(join(root, 'run'), { done: 2 });
});
afterAll(() => rm(root, { recursive: true }));

it('no run is gone because a folder could not be read for a moment', async () => {
  const told: string[] = [];
  const library = new Library(root, ({ gone }) => told.push(...gone));
  await library.refresh();
  reading.mockRejectedValueOnce(refusal('EMFILE'));
  await library.refresh();
  expect(library.list()).toHaveLength(1);
  for (let time = 0; time < 5; time++) reading.mockRejectedValueOnce(refusal('EMFILE'));
  await expect(library.refresh()).rejects.toThrow('EMFILE');
  expect(library.list()).toHaveLength(1);
  expect(told).toEqual([]);
});

it('a folder that may not be read is passed over', async () => {
  reading.mockRejectedValueOnce(refusal('EACCES'));
  const library = new Library(root);
  await library.refresh();
  expect(library.list()).toEqual([]);
});
