import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  epochs,
  killAndResume,
  leftIn,
  stepsPerEpoch,
  told,
  trainTo,
} from '../../testkit/brokenRun.ts';
import { randomStream } from '../random/index.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-resume-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('a run that was broken off and resumed', () => {
  let unbroken: Awaited<ReturnType<typeof leftIn>>;

  beforeAll(async () => {
    const folder = join(root, 'unbroken');
    const { code, err } = await trainTo(folder).ending;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    unbroken = await leftIn(folder);
    expect(unbroken.metrics.at(-1)).toMatchObject({ kind: 'epoch', epoch: epochs });
  });

  it('ends with the same bits after SIGKILL at random moments', async () => {
    const seed = Date.now() % 2 ** 31;
    const random = randomStream(seed, 'kills');
    const folder = join(root, 'killed');
    const kills = await killAndResume(folder, 3, random);
    expect((await trainTo(folder).ending).code, `seed ${seed}`).toBe(0);
    expect(kills, `seed ${seed}`).toBeGreaterThan(0);
    expect(await leftIn(folder), `seed ${seed}`).toEqual(unbroken);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with the same bits after %s', async (signal) => {
    const folder = join(root, signal);
    const command = trainTo(folder);
    await told(command, stepsPerEpoch);
    command.child.kill(signal);
    const { code, out } = await command.ending;
    expect(code).toBe(130);
    const [saved, last] = out
      .trim()
      .split('\n')
      .slice(-2)
      .map((line) => JSON.parse(line));
    expect(last).toEqual({ kind: 'interrupted', step: saved.step });
    expect(saved.kind).toBe('checkpoint');
    expect((await trainTo(folder).ending).code).toBe(0);
    expect(await leftIn(folder)).toEqual(unbroken);
  });

  it('tells its result again when it is finished already', async () => {
    const { code, out } = await trainTo(join(root, 'unbroken')).ending;
    const [start, done, ...more] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, start.step, more]).toEqual([0, epochs * stepsPerEpoch, []]);
    const { testError } = unbroken.metrics.at(-1) as { testError: number };
    expect(done).toMatchObject({ kind: 'done', testError, epochs });
    expect(done.imagesPerSecond).toBeGreaterThan(0);
  });
});
