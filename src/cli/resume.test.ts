import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  expectSavedBy,
  expectUnbroken,
  killAndResume,
  trainUpTo,
} from '../../testkit/brokenRun.ts';
import { eventsOf, shakelab } from '../../testkit/shakelab.ts';
import { randomStream } from '../random/index.ts';
import { parseConfig } from '../runs/config.ts';
import { readEpochs } from '../runs/metrics.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-resume-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

describe('a run that was broken off and resumed', () => {
  // Other signals, and many kills, are in `resume.long.test.ts`.
  it('has the same bits after SIGKILL at a random moment, and after SIGTERM, which it saves at', async () => {
    const seed = Date.now() % 2 ** 31;
    const folder = join(root, 'broken');
    const kills = await killAndResume(folder, 1, randomStream(seed, 'kills'));
    expect(kills, `seed ${seed}`).toBe(1);
    for (let time = 0; time < 2; time++) await expectSavedBy(['SIGTERM'], folder);
    await expectUnbroken(folder, `seed ${seed}`);
  });

  it('tells its result again when it is finished already', async () => {
    const folder = join(root, 'finished');
    const small = { dataset: 'digits', trainSize: 64, net: 'resnext-8-2x2d', batch: 16 };
    await trainUpTo(folder, parseConfig({ ...small, epochs: 2 }), 8);
    const ending = await shakelab('train', '--out', folder, '--resume', '--json');
    const [start, done, ...more] = eventsOf(ending);
    expect([ending.code, start.step, more]).toEqual([0, 8, []]);
    const { testError } = (await readEpochs(folder)).at(-1)!;
    expect(done).toMatchObject({ kind: 'done', testError, epochs: 2 });
    expect(done.imagesPerSecond).toBeGreaterThan(0);
  });

  it('says so, without a table to fill, where its patience was over', async () => {
    const folder = join(root, 'impatient');
    const size = [
      '--dataset',
      'digits',
      '--train-size',
      '64',
      '--net',
      'resnext-8-2x2d',
      '--batch',
      '16',
    ];
    // Nothing is learned, so that no epoch is better than the first.
    const still = ['--lr', '1e-9', '--epochs', '9', '--validation', '0.25', '--patience', '1'];
    const trained = await shakelab('train', ...size, ...still, '--out', folder);
    expect(trained.out).toMatch(/^best of 2 epochs: 1,/m);
    const { out, code } = await shakelab('train', '--out', folder, '--resume');
    expect(code).toBe(0);
    expect(out).toContain('\ntrained already\nbest of 2 epochs: 1,');
  });
});
