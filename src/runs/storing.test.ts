import { describe, expect, it } from 'vitest';
import { StorageError, storing } from './storing.ts';

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
