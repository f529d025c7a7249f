import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../runs/config.ts';
import { writeHalt } from '../../runs/halts.ts';
import { isTraining } from '../../runs/holders.ts';
import { leaseNumbers } from '../../runs/leaseFiles.ts';
import { runTraining } from '../../runs/lifecycle.ts';
import { Library } from '../library/library.ts';
import { Launcher } from './launcher.ts';
import { Planner } from './planner.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-launcher-'));
});
afterAll(() => rm(root, { recursive: true }));

it('thirty starts at once leave four', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-starts-'));
  const library = new Library(folder);
  const launcher = new Launcher(library, new Planner());
  const tiny = { dataset: 'digits', net: 'resnext-8-2x2d', trainSize: 48, batch: 16 };
  const starts = Array.from({ length: 30 }, () => launcher.start({ ...tiny, epochs: 100_000 }));
  const settled = await Promise.allSettled(starts);
  const started = settled.filter((result) => result.status === 'fulfilled');
  expect(started).toHaveLength(4);
  expect(new Set(started.map(({ value: { name } }) => name)).size).toBe(4);
  const allTrain = async () => {
    await library.refresh();
    return started.every(({ value: { summary } }) => summary.state === 'running');
  };
  await expect.poll(allTrain).toBe(true);
  await Promise.all(started.map(({ value }) => launcher.stop(value)));
  await rm(folder, { recursive: true, maxRetries: 5 });
});

it('a run that is asked to stop as soon as it goes on does stop', async () => {
  const small = { dataset: 'digits', net: 'resnext-8-2x2d', trainSize: 48, batch: 16 };
  const config = parseConfig({ ...small, epochs: 100_000 });
  const folder = join(root, 'run');
  for await (const _ of runTraining({ folder, config, signal: AbortSignal.abort() }));
  const library = new Library(root);
  await library.refresh();
  const [{ id }] = library.list();
  const run = await library.run(id);
  const launcher = new Launcher(library, new Planner());
  expect(run.summary.state).toBe('interrupted');
  await launcher.resume(run);
  expect(run.summary.state).toBe('running');
  await launcher.stop(run);
  expect(run.summary.state).toBe('stopped');
});

it('a stop asked of another studio over the same folder while a run begins to go on is not lost', async () => {
  const [one, other] = [new Library(root), new Library(root)];
  await writeHalt(join(root, 'run'), 'paused');
  await one.refresh();
  await other.refresh();
  const run = await one.run(one.list()[0].id);
  const before = await leaseNumbers(run.folder);
  // Written once the run is asked to go on, after what halted it before has been looked at.
  const log = join(root, '.studio', `${run.id}.log`);
  await rm(log);
  const going = new Launcher(one, new Planner()).resume(run);
  await expect.poll(() => existsSync(log)).toBe(true);
  await new Launcher(other, new Planner()).stop(await other.run(run.id));
  await going;
  const hasGoneOn = async () => (await leaseNumbers(run.folder)).at(-1) !== before.at(-1);
  await expect.poll(hasGoneOn).toBe(true);
  await expect.poll(() => isTraining(run.folder)).toBe(false);
  await one.refresh();
  expect(run.summary.state).toBe('stopped');
});

it('a run that is asked to stop before it has gone on stops once it has', async () => {
  const library = new Library(root);
  await library.refresh();
  const run = await library.run(library.list()[0].id);
  const launcher = new Launcher(library, new Planner());
  expect(run.summary.state).toBe('stopped');
  const going = launcher.resume(run);
  await launcher.stop(run);
  await going;
  expect(run.summary.state).toBe('stopped');
  expect(await isTraining(run.folder)).toBe(false);
});
