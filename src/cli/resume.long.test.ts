import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  expectSavedBy,
  expectUnbroken,
  killAndResume,
  leftIn,
  trainWords,
} from '../../testkit/brokenRun.ts';
import { shakelabWords, start, startShakelab, toldOf } from '../../testkit/shakelab.ts';
import { randomStream } from '../random/index.ts';
import { readEpochs } from '../runs/metrics.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-breaks-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

/** A numbering of processes of its own, as containers have; what runs there ends with it. */
const isolated = ['unshare', '-rpf', '--kill-child', '--mount-proc'];
const mayIsolate = spawnSync(isolated[0], [...isolated.slice(1), 'true']).status === 0;
const childrenOf = (pid: number): string => `/proc/${pid}/task/${pid}/children`;

describe('a run that was broken off and resumed', () => {
  it('has the same bits after SIGKILL at twelve random moments', async () => {
    const seed = Date.now() % 2 ** 31;
    const folder = join(root, 'killed');
    const kills = await killAndResume(folder, 12, randomStream(seed, 'many kills'));
    expect(kills, `seed ${seed}`).toBe(12);
    await expectSavedBy(['SIGTERM'], folder);
    await expectUnbroken(folder, `seed ${seed}`);
  });

  it.each([
    [['SIGINT']],
    [['SIGHUP']],
    [['SIGUSR2']],
    [['SIGTERM', 'SIGTERM', 'SIGHUP', 'SIGTERM']],
  ] as [NodeJS.Signals[]][])('saves at %j, and goes on to the same bits', async (signals) => {
    const folder = join(root, signals.join('-'));
    for (let time = 0; time < 2; time++) await expectSavedBy(signals, folder);
    await expectUnbroken(folder);
  });

  it('goes on to its end when its reader goes away', async () => {
    const folder = join(root, 'unread');
    const { child, ending } = startShakelab(...trainWords(folder, 2));
    child.stdout!.destroy();
    const { code, err } = await ending;
    expect([code, err]).toEqual([0, '']);
    expect((await readEpochs(folder)).length).toBe(2);
    await expectUnbroken(folder);
  });

  it('ends where it was frozen in a container and another has taken over', async (context) => {
    if (!mayIsolate) context.skip(`no numbering of processes may be made here (${isolated[0]})`);
    const folder = join(root, 'frozen');
    const env = { ...process.env, SHAKELAB_SILENCE: '0.6' };
    const words = shakelabWords(...trainWords(folder));
    const frozen = start([...isolated, ...words], { env });
    await toldOf(frozen, 'step');
    const inner = Number(readFileSync(childrenOf(frozen.child.pid!), 'utf8'));
    expect(inner).toBeGreaterThan(1);
    process.kill(inner, 'SIGSTOP');
    const successor = start(words, { env });
    await toldOf(successor, 'step');
    successor.child.kill('SIGTERM');
    const { code, out } = await successor.ending;
    expect([code, out.split('\n')[0]]).toEqual([
      130,
      expect.stringContaining('held by process 1 on'),
    ]);
    const before = await leftIn(folder);
    process.kill(inner, 'SIGCONT');
    const ending = await frozen.ending;
    expect(ending.code).toBe(1);
    expect(ending.err).toMatch(/^shakelab: .* has taken over, .* writes nothing more\n$/);
    expect(await leftIn(folder)).toEqual(before);
    await expectUnbroken(folder);
  });
});
