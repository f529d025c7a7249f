import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearHalt, haltBefore, readHalt, watchHalt, writeHalt } from './halts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-halt-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps why a run stands still until it goes on', async () => {
  expect(await readHalt(folder)).toBeNull();
  await writeHalt(folder, 'failed', 'the loss is not finite');
  expect(await readHalt(folder)).toEqual({ kind: 'failed', message: 'the loss is not finite' });
  await clearHalt(folder, await haltBefore(folder));
  expect(await readHalt(folder)).toBeNull();
  await clearHalt(folder, await haltBefore(folder));
  expect(await readdir(folder)).toEqual([]);
});

it.each([null, 'paused', 'stopped'] as const)(
  'keeps a request that came since the run began to go on; before it: %s',
  async (kind) => {
    if (kind) await writeHalt(folder, kind);
    const before = await haltBefore(folder);
    await writeHalt(folder, 'stopped');
    await clearHalt(folder, before);
    expect(await readHalt(folder)).toEqual({ kind: 'stopped', message: null });
    expect(await readdir(folder)).toEqual(['halt.json']);
  },
);

it('takes away what is too large to be one, and leaves nothing of it', async () => {
  await writeFile(join(folder, 'halt.json'), '');
  await truncate(join(folder, 'halt.json'), 4e9);
  await clearHalt(folder, await haltBefore(folder));
  expect(await readdir(folder)).toEqual([]);
});

it.each(['', 'null', '{"kind":"asleep","message":null}'])(
  'takes a damaged one for none: %s',
  async (text) => {
    await writeFile(join(folder, 'halt.json'), text);
    expect(await readHalt(folder)).toBeNull();
  },
);

it.each([
  ['paused', true],
  ['stopped', true],
  ['failed', false],
] as const)('%s asks a run to end: %s', async (kind, asks) => {
  const watch = watchHalt(folder);
  await writeHalt(folder, kind);
  await watch.look();
  watch.stop();
  expect(watch.signal.aborted).toBe(asks);
});
