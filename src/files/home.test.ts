import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { homeFolder } from './home.ts';

test('a user without a folder has the root, whichever way the system says so', () => {
  const fails = () => {
    throw new Error('uv_os_homedir returned ENOENT');
  };
  expect(homeFolder(fails)).toBe(resolve('/'));
  expect(homeFolder(() => '')).toBe(resolve('/'));
  expect(homeFolder()).toBe(homedir());
});
