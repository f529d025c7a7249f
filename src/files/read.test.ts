import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBounded, readText } from './read.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakelab-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a file within its bound is read, without a mark of byte order', async () => {
  const path = join(folder, 'marked');
  writeFileSync(path, '\uFEFF{"a":1}');
  expect(JSON.parse(await readText(path, 100))).toEqual({ a: 1 });
  expect((await readBounded(path, 10)).length).toBe(10);
});

test('one byte more is refused with both sizes', async () => {
  const path = join(folder, 'long');
  writeFileSync(path, 'x'.repeat(1001));
  await expect(readBounded(path, 1000)).rejects.toThrow(
    'long: 1.0 kB; such a file holds at most 1.0 kB; put a copy back, or delete it',
  );
});

test('a file of 4 GB that takes no room is refused before anything is read', async () => {
  const path = join(folder, 'sparse');
  writeFileSync(path, '');
  truncateSync(path, 4e9);
  await expect(readBounded(path, 1000)).rejects.toThrow('4.0 GB; such a file holds at most 1.0 kB');
});

test('what is no file is refused, and nothing waited for', async () => {
  mkdirSync(join(folder, 'folder'));
  await expect(readBounded(join(folder, 'folder'), 10)).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(readBounded(join(folder, 'none'), 10)).rejects.toMatchObject({ code: 'ENOENT' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(readBounded(join(folder, 'pipe'), 10)).rejects.toThrow('no file');
});
