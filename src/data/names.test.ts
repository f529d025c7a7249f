import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalName, folderPath, namesFolder } from './names.ts';

test('a path names a folder, a word a known data set', () => {
  for (const name of ['folder:photos', './photos', '../photos', 'a/photos', '/photos', '.'])
    expect(namesFolder(name), name).toBe(true);
  for (const name of ['mnist', 'cifar10', 'photos']) expect(namesFolder(name), name).toBe(false);
});

test('a folder is recorded by its absolute path, whichever way it is spelled', () => {
  const path = join(process.cwd(), 'photos');
  for (const name of ['folder:photos', './photos', 'photos/', `folder:${path}`, path])
    expect(canonicalName(name), name).toBe(`folder:${path}`);
  expect(canonicalName('mnist')).toBe('mnist');
  expect(folderPath('folder:../a')).toBe(resolve('..', 'a'));
});
