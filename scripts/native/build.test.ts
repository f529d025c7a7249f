import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'shakelab-checkout-'));
  cpSync(import.meta.dirname, join(checkout, 'scripts/native'), { recursive: true });
});
afterAll(() => rmSync(checkout, { recursive: true }));

/** Runs a checkout's build with only these variables, so that no tool is found unless named. */
function build(env: Record<string, string>) {
  const options = { env: { PATH: '', ...env }, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [join(checkout, 'scripts/native/build.mjs')], options);
}

const platforms = ['Debian', 'Fedora', 'macOS', 'Windows'];

test('without a compiler the build fails with one line naming the remedy for each platform', () => {
  const { status, stderr } = build({});
  expect(status).toBe(1);
  expect(stderr).toMatch(/^shakelab: cannot find a C\+\+20 compiler \(tried .*\); .*\n$/);
  for (const platform of platforms) expect(stderr).toContain(platform);
});

test.skipIf(process.platform === 'win32')('only the compiler that $CXX names is tried', () => {
  const { status, stderr } = build({ PATH: process.env.PATH ?? '', CXX: 'no-such-compiler -v' });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^shakelab: cannot find a C\+\+20 compiler \(tried no-such-compiler -v\); .*\n$/,
  );
});

test('without a compiler what is prebuilt for this platform serves', () => {
  const name = `${process.platform}-${process.arch}`;
  mkdirSync(join(checkout, 'prebuilds', name), { recursive: true });
  const { status, stderr } = build({});
  expect(status).toBe(0);
  expect(stderr).toMatch(new RegExp(`cannot find .*; prebuilds/${name} serves\n$`));
});
