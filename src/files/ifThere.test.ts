import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIfThere, textIfThere } from './ifThere.ts';

test('what is not there is null, what cannot be read is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-if-there-'));
  const path = join(folder, 'note.json');
  expect(await readIfThere(path, 10)).toBeNull();
  expect(await textIfThere(path, 10)).toBeNull();
  await writeFile(path, '\uFEFFtext');
  expect(await readIfThere(path, 10)).toEqual(Buffer.from('\uFEFFtext'));
  expect(await textIfThere(path, 10)).toBe('text');
  await expect(textIfThere(path, 3)).rejects.toThrow(
    `${path}: 7 bytes; such a file holds at most 3`,
  );
  await rm(path);
  await mkdir(path);
  const refusal = `${path}: cannot be read, a folder is in its place (EISDIR); move that folder`;
  await expect(readIfThere(path, 10)).rejects.toThrow(refusal);
  await rm(folder, { recursive: true });
});
