import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { killAndResume, leftIn, trainTo } from '../../testkit/brokenRun.ts';
import { randomStream } from '../random/index.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-kills-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

it('a run killed at twelve random moments ends with the same bits', async () => {
  const seed = Date.now() % 2 ** 31;
  const [whole, folder] = [join(root, 'whole'), join(root, 'killed')];
  expect((await trainTo(whole).ending).code).toBe(0);
  const kills = await killAndResume(folder, 12, randomStream(seed, 'many kills'));
  expect((await trainTo(folder).ending).code, `seed ${seed}`).toBe(0);
  expect(kills, `seed ${seed}`).toBeGreaterThan(0);
  expect(await leftIn(folder), `seed ${seed}`).toEqual(await leftIn(whole));
});
