import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as beside from '../files/beside.ts';
import { ownPlace } from '../processes/place.ts';
import { createLease, leasesName, writePart } from './leaseFiles.ts';
import { lockFile, writeLock } from './lock.ts';

vi.mock('../files/beside.ts', { spy: true });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakelab-lease-files-'));
  mkdirSync(join(folder, leasesName));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Has the next file in the making be on a full disk. */
function fillDisk(): void {
  const path = join(folder, leasesName, '1.partial');
  symlinkSync('/dev/full', path);
  vi.mocked(beside.besideName).mockReturnValueOnce(path);
}

const left = (): string[] => readdirSync(join(folder, leasesName));

describe.skipIf(process.platform !== 'linux')('on a full disk nothing half written stays', () => {
  it('of a lease', async () => {
    fillDisk();
    await expect(createLease(folder, 1, ownPlace(), 5)).rejects.toThrow('ENOSPC');
    expect(left()).toEqual([]);
  });

  it.each(['beat', 'ended'] as const)('of its %s', async (part) => {
    fillDisk();
    await expect(writePart(folder, 1, part, '1')).rejects.toThrow('ENOSPC');
    expect(left()).toEqual([]);
  });

  it('of a lock', async () => {
    writeFileSync(join(folder, lockFile), '');
    fillDisk();
    await expect(writeLock(folder)).rejects.toThrow('ENOSPC');
    expect(left()).toEqual([]);
  });
});

it('what cannot be renamed goes too', async () => {
  mkdirSync(join(folder, leasesName, '000001.beat', 'in the way'), { recursive: true });
  await expect(writePart(folder, 1, 'beat', '1')).rejects.toThrow();
  expect(left()).toEqual(['000001.beat']);
});
