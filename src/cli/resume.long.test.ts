import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectSavedBy,
  killAndResume,
  leftIn,
  told,
  trainTo,
  trainWords,
  unbrokenRun,
} from '../../testkit/brokenRun.ts';
import { shakelabWords, start } from '../../testkit/shakelab.ts';
import { randomStream } from '../random/index.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-breaks-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

const mayIsolate = spawnSync('unshare', ['-rpf', '--mount-proc', 'true']).status === 0;
const childrenOf = (pid: number): string => `/proc/${pid}/task/${pid}/children`;

describe('a run that was broken off and resumed', () => {
  let unbroken: Awaited<ReturnType<typeof leftIn>>;

  beforeAll(async () => {
    unbroken = await unbrokenRun(join(root, 'unbroken'));
  });

  it('ends with the same bits after SIGKILL at twelve random moments', async () => {
    const seed = Date.now() % 2 ** 31;
    const folder = join(root, 'killed');
    const kills = await killAndResume(folder, 12, randomStream(seed, 'many kills'));
    expect((await trainTo(folder).ending).code, `seed ${seed}`).toBe(0);
    expect(kills, `seed ${seed}`).toBeGreaterThan(0);
    expect(await leftIn(folder), `seed ${seed}`).toEqual(unbroken);
  });

  it.each([
    [['SIGINT']],
    [['SIGHUP']],
    [['SIGUSR2']],
    [['SIGTERM', 'SIGTERM', 'SIGHUP', 'SIGTERM']],
  ] as [NodeJS.Signals[]][])('saves at %j, and ends with the same bits', async (signals) => {
    const folder = join(root, signals.join('-'));
    await expectSavedBy(signals, folder);
    expect((await trainTo(folder).ending).code).toBe(0);
    expect(await leftIn(folder)).toEqual(unbroken);
  });

  it('goes on to its end when its reader goes away', async () => {
    const folder = join(root, 'unread');
    const { child, ending } = trainTo(folder);
    child.stdout!.once('data', () => child.stdout!.destroy());
    const { code, err } = await ending;
    expect([code, err]).toEqual([0, '']);
    expect(await leftIn(folder)).toEqual(unbroken);
  });

  it('ends where it was frozen in a container and another has taken over', async (context) => {
    if (!mayIsolate) context.skip('no numbering of processes may be made here (unshare -rpf)');
    const folder = join(root, 'frozen');
    const env = { ...process.env, SHAKELAB_PATIENCE: '0.6' };
    const words = shakelabWords(...trainWords(folder));
    const frozen = start(['unshare', '-rpf', '--mount-proc', ...words], { env });
    await told(frozen, 2);
    const inner = Number(readFileSync(childrenOf(frozen.child.pid!), 'utf8'));
    expect(inner).toBeGreaterThan(1);
    process.kill(inner, 'SIGSTOP');
    const { code, out } = await start(words, { env }).ending;
    expect([code, out.split('\n')[0]]).toEqual([
      0,
      expect.stringContaining('held by process 1 on'),
    ]);
    const before = await leftIn(folder);
    process.kill(inner, 'SIGCONT');
    const ending = await frozen.ending;
    expect(ending.code).toBe(1);
    expect(ending.err).toMatch(/^shakelab: .* has taken over, .* writes nothing more\n$/);
    expect(before).toEqual(unbroken);
    expect(await leftIn(folder)).toEqual(unbroken);
  });
});
