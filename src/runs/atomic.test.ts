import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as beside from '../files/beside.ts';
import { isPartial, writeWhole } from './atomic.ts';

vi.mock('../files/beside.ts', { spy: true });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-atomic-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true }));

const host = hostname().replace(/[^A-Za-z0-9]/g, '_');
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('writeWhole', () => {
  it('leaves one whole file where many write at once', async () => {
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(1000 + i));
    await Promise.all(contents.map((content) => writeWhole(path, content)));
    expect(contents).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('removes what killed writers left of this file, and nothing else', async () => {
    const ended = endedProcess();
    const stays = [
      `file.${host}-${process.ppid}-0.partial`,
      `file.another_${host}-${ended}-0.partial`,
      `file2.${host}-${ended}-0.partial`,
      `file.${host}-${ended}.part`,
    ];
    const goes = [`file.${host}-${ended}-0.partial`, `file.${host}-${ended}-1.partial`];
    for (const name of [...stays, ...goes]) await writeFile(join(folder, name), 'half');
    expect(goes.filter(isPartial)).toEqual(goes);
    await writeWhole(path, 'new');
    expect((await readdir(folder)).sort()).toEqual(['file', ...stays].sort());
  });

  it('has the new content safe, and the old one in place, before it renames', async () => {
    await writeFile(path, 'old');
    await writeWhole(path, 'new', async () => {
      expect(await readFile(path, 'utf8')).toBe('old');
      const [name] = (await readdir(folder)).filter(isPartial);
      expect(await readFile(join(folder, name), 'utf8')).toBe('new');
    });
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('leaves nothing half written where it fails after that', async () => {
    await writeFile(path, 'old');
    const failing = writeWhole(path, 'new', () => Promise.reject(new TypeError('a fault')));
    await expect(failing).rejects.toThrow('a fault');
    expect(await readFile(path, 'utf8')).toBe('old');
    await mkdir(join(folder, 'taken', 'deep'), { recursive: true });
    await expect(writeWhole(join(folder, 'taken'), 'new')).rejects.toThrow(/cannot be written/);
    expect((await readdir(folder)).sort()).toEqual(['file', 'taken']);
  });

  it.skipIf(process.platform !== 'linux')('keeps the old content on a full disk', async () => {
    await writeFile(path, 'old');
    vi.mocked(beside.besideName).mockReturnValueOnce(`${path}.partial`);
    await symlink('/dev/full', `${path}.partial`);
    await expect(writeWhole(path, 'new')).rejects.toThrow(`${path}: cannot be written, the disk`);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
