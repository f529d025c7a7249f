import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RequestError } from '../errors.ts';
import { picturePath, writeAt, writeFileAt } from './places.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a place that cannot be written is a wrong request, by the flag that names it', async () => {
  mkdirSync(join(folder, 'taken'));
  const writing = writeFileAt('picture', join(folder, 'taken'), 'text');
  await expect(writing).rejects.toThrow(RequestError);
  await expect(writing).rejects.toThrow(
    `picture ${folder}/taken: cannot be written, a folder is in its place (EISDIR); ` +
      'move that folder, or name another file',
  );
  const fault = new TypeError('a fault');
  await expect(writeAt('out', 'folder', () => Promise.reject(fault))).rejects.toBe(fault);
});

test.each(['a.png', 'a.PNG', 'a', 'a.b'])('%s may hold a PNG', (path) => {
  expect(picturePath('picture', path, 'png')).toBe(resolve(path));
});

test.each(['a.svg', 'a.pdf', 'a.Jpg'])('%s may not', (path) => {
  expect(() => picturePath('picture', path, 'png')).toThrow(
    `picture ${path}: the picture is written as PNG; name a file that ends in .png`,
  );
});
