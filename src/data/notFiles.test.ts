import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { openDataset } from './datasets.ts';

const makePipe = (path: string) => execFileSync('mkfifo', [path]);

let root: string;
beforeAll(async () => {
  root = await temporaryFolder();
});

describe.runIf(existsSync('/dev/zero'))('what is no file, and would be waited for', () => {
  it.each(['pipe.npz', 'pipe.parquet', 'pipe.mat', 'pipe.tar', 'pipe.gz'])(
    'is no data: %s',
    async (name) => {
      const path = join(root, name);
      makePipe(path);
      await expect(openDataset(path)).rejects.toThrow(/no file|not a file|cannot be read/);
    },
  );

  it.each([
    ['pipes', makePipe],
    ['devices without end', (path: string) => symlink('/dev/zero', path)],
  ])('is no picture of a class: %s', async (name, make) => {
    const folder = join(root, name);
    for (const place of ['a', 'b']) {
      await mkdir(join(folder, place), { recursive: true });
      for (const image of [1, 2, 3]) await make(join(folder, place, `${image}.png`));
    }
    await expect(openDataset(folder)).rejects.toThrow(/\d\.png: no file/);
  });
});
