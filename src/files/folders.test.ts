import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from './folders.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-folders-'));
});
afterAll(() => rm(root, { recursive: true }));

it('makes a folder with those above it, many at once, and one that is there', async () => {
  for (let time = 0; time < 20; time++) {
    const folder = join(root, `${time}`, 'a', 'b', 'c');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(folder)));
    await makeFolder(folder);
    expect((await stat(folder)).isDirectory()).toBe(true);
  }
});

it('says what the system says', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'below', 'it'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.runIf(process.platform === 'linux')(
  'ends where nobody may make a folder in one that is there',
  async () => {
    await expect(makeFolder('/proc/below/it')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
