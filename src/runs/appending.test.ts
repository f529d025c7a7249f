import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBehind } from './appending.ts';
import { StorageError } from './storing.ts';

test('what stands behind the kept bytes is written anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-appending-'));
  const path = join(folder, 'log');
  await writeFile(path, 'kept, dropped');
  const file = await openBehind(path, 6);
  await file.appendFile('and added');
  await file.close();
  expect(await readFile(path, 'utf8')).toBe('kept, and added');
  await rm(folder, { recursive: true });
});

test('a file that cannot be cut is not left open', async () => {
  const open = () => readdirSync('/dev/fd').length;
  const before = open();
  for (let i = 0; i < 40; i++)
    await expect(openBehind('/dev/null', 1)).rejects.toThrow(StorageError);
  expect(open()).toBeLessThan(before + 20);
});
