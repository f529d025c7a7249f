import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './atomic.ts';
import { StorageError, storing } from './storing.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-storing-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true }));

describe('storing', () => {
  it.each([
    ['ENOSPC', 'cannot be written, the disk is full (ENOSPC); free some space'],
    ['EROFS', 'cannot be written, the file system is read-only (EROFS); mount it writable'],
    ['EXYZ', 'cannot be written, what it says (EXYZ); see that it can be written'],
  ])('explains %s', async (code, text) => {
    const refusal = Object.assign(new Error('what it says'), { code, syscall: 'write' });
    const stored = storing('runs/a', () => Promise.reject(refusal));
    await expect(stored).rejects.toThrow(new StorageError(`runs/a: ${text}`));
  });

  it('lets errors pass that the system has no part in', async () => {
    const fault = new TypeError('a fault of ours');
    await expect(storing('runs/a', () => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe.skipIf(process.platform !== 'linux')('writeWhole on a full disk', () => {
  it('keeps the old content and leaves nothing half written', async () => {
    await writeFile(path, 'old');
    await symlink('/dev/full', `${path}.partial`);
    await expect(writeWhole(path, 'new')).rejects.toThrow(`${path}: cannot be written, the disk`);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
