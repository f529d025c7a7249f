import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { start } from '../testkit/shakelab.ts';

const file = new URL('firstRun.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'shakelab-first-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the first snippet of the README trains to less than 40 % errors', async () => {
  const tsx = import.meta.resolve('tsx');
  const words = [process.execPath, '--import', tsx, fileURLToPath(file)];
  const { code, out, err } = await start(words, { cwd: folder }).ending;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const errors = [...out.matchAll(/^epoch [1-5]: ([\d.]+) % wrong$/gm)].map(([, error]) => error);
  expect(errors).toHaveLength(5);
  expect(Number(errors[4])).toBeLessThan(40);
});
