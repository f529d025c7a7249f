import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  epochs,
  expectSavedBy,
  killAndResume,
  leftIn,
  stepsPerEpoch,
  trainTo,
  unbrokenRun,
} from '../../testkit/brokenRun.ts';
import { randomStream } from '../random/index.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-resume-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

describe('a run that was broken off and resumed', () => {
  let unbroken: Awaited<ReturnType<typeof leftIn>>;

  beforeAll(async () => {
    unbroken = await unbrokenRun(join(root, 'unbroken'));
  });

  it('ends with the same bits after SIGKILL at a random moment', async () => {
    const seed = Date.now() % 2 ** 31;
    const folder = join(root, 'killed');
    const kills = await killAndResume(folder, 1, randomStream(seed, 'kills'));
    expect((await trainTo(folder).ending).code, `seed ${seed}`).toBe(0);
    expect(kills, `seed ${seed}`).toBe(1);
    expect(await leftIn(folder), `seed ${seed}`).toEqual(unbroken);
  });

  // Other signals, and many of them, are in `resume.long.test.ts`.
  it('saves at SIGTERM, and ends with the same bits', async () => {
    const folder = join(root, 'SIGTERM');
    await expectSavedBy(['SIGTERM'], folder);
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
