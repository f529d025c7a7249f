import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs the install script with only these variables, so that no tool is found unless named. */
function install(env: Record<string, string>) {
  const options = { env: { PATH: '', ...env }, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [`${import.meta.dirname}/install.mjs`], options);
}

const platforms = ['Debian', 'Fedora', 'macOS', 'Windows'];

test('without tools the install fails with one line naming the remedy for each platform', () => {
  const { status, stderr } = install({});
  expect(status).toBe(1);
  expect(stderr).toMatch(/^shakelab: cannot find .*\n$/);
  for (const platform of platforms) expect(stderr).toContain(platform);
  expect(stderr).toContain('Python 3.8 or newer');
});

test.skipIf(process.platform === 'win32')('only the compiler that $CXX names is tried', () => {
  const { status, stderr } = install({ PATH: process.env.PATH ?? '', CXX: 'no-such-compiler -v' });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^shakelab: cannot find a C\+\+20 compiler \(tried no-such-compiler -v\); .*\n$/,
  );
});
