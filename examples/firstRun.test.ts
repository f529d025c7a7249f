import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { start } from '../testkit/shakelab.ts';

const text = readFileSync(new URL('firstRun.ts', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'shakelab-first-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the first snippet of the README, made smaller, tells its epochs and measures the run', async () => {
  const smaller = text
    .replace('trainSize: 2048', 'trainSize: 128')
    .replace('epochs: 5', 'epochs: 2')
    .replaceAll("'runs/first'", JSON.stringify(join(folder, 'run')));
  const words = [process.execPath, '--input-type=module', '--eval', smaller];
  const { code, out, err } = await start(words).ending;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.match(/^epoch \d: [\d.]+ % wrong$/gm)).toHaveLength(2);
  expect(out).toMatch(/within: [\d.]+/);
  expect(out).toContain('duality: ');
});

test('it stands in the README as it is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${text}\`\`\`\n`);
});
