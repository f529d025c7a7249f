import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keptPlace } from './results/speed.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-scripts-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a script says of a wrong request; its other output, and a stack, would be an error. */
function refusal(script: string, ...words: string[]): string {
  const args = ['--import', 'tsx', `scripts/${script}.ts`, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stdout]).toEqual([2, '']);
  return stderr;
}

test('a study that nothing is known of is not restored, in one sentence', () => {
  expect(refusal('evidence', '--restore', join(folder, 'unknown'))).toMatch(
    /^evidence: \S+\/unknown: only a study whose .*unknown\.jsonl can be restored; name .*, mnist-10, .*\n$/,
  );
  refusal('evidence', '--restore', join(folder, 'mnist-10'), join(folder, 'unknown'));
  expect(existsSync(join(folder, 'mnist-10'))).toBe(false);
  expect(refusal('evidence', '--restore')).toMatch(/^evidence: --restore: names no study; .*\n$/);
});

test('a folder that holds no study is not collected, in one sentence', () => {
  expect(refusal('evidence', join(folder, 'none'))).toMatch(/^evidence: \S+none.*\n$/);
});

test('a file that the benchmark did not write is refused before it is kept', () => {
  const other = join(folder, 'shakelab-other.json');
  expect(refusal('speed', other)).toMatch(
    /^speed: \S+other\.json: cannot be read, it is not there.*\n$/,
  );
  for (const text of ['{}', 'null', 'no JSON']) {
    writeFileSync(other, text);
    expect(refusal('speed', other)).toMatch(/^speed: \S+: holds no results .*; give what .*\n$/);
  }
  expect(existsSync(join(keptPlace, 'shakelab-other.json'))).toBe(false);
});
