import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTraining, lockFile, lockFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakelab-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const heldBy = (content: string): void => writeFileSync(join(folder, lockFile), content);

describe('lockFolder', () => {
  it('holds a folder, creating it, until it is given free', () => {
    const inner = join(folder, 'runs', 'a');
    const unlock = lockFolder(inner);
    expect(existsSync(join(inner, lockFile))).toBe(true);
    unlock();
    expect(existsSync(join(inner, lockFile))).toBe(false);
  });

  it('refuses a folder that a living process holds, and says how to go on', () => {
    heldBy(`${process.ppid}\n`);
    expect(() => lockFolder(folder)).toThrow(
      `${folder}: process ${process.ppid} is training there; wait for it; ` +
        `if that process is no training, remove ${join(folder, lockFile)}`,
    );
  });

  it.each([
    ['a process that has ended', () => String(spawnSync(process.execPath, ['--version']).pid)],
    ['an earlier process of the same number', () => String(process.pid)],
    ['an earlier process of the number of a living one', () => `${process.ppid} 1`],
    ['a process that was killed before it wrote its number', () => ''],
  ])('takes over from %s', (_, holder) => {
    heldBy(holder());
    lockFolder(folder)();
    expect(existsSync(join(folder, lockFile))).toBe(false);
  });
});

describe('isTraining', () => {
  it('is so while a process holds the folder, in locks that tell no start, too', async () => {
    expect(await isTraining(folder)).toBe(false);
    const unlock = lockFolder(folder);
    expect(await isTraining(folder)).toBe(true);
    unlock();
    heldBy(`${process.pid}\n`);
    expect(await isTraining(folder)).toBe(true);
  });

  it.each(['1', '22 33'])(
    'is not so where the number now belongs to another: %s',
    async (start) => {
      heldBy(`${process.pid} ${start}\n`);
      expect(await isTraining(folder)).toBe(false);
    },
  );

  it.each(['', '\0{', '-5', '0', '9007199254740993'])('is not so for %j', async (content) => {
    heldBy(content);
    expect(await isTraining(folder)).toBe(false);
  });
});
