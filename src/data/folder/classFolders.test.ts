import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { RequestError } from '../../errors.ts';
import { findClassFolders, holdsMedium } from './classFolders.ts';

async function folderOf(paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const path of paths) await writeFiles(folder, { [path]: 'content' });
  return folder;
}

describe('finding', () => {
  test('train and test, classes numbered by name', async () => {
    const folder = await folderOf(['train/dog/1.png', 'train/cat/1.JPG', 'test/dog/2.png']);
    expect(await findClassFolders(folder, 'images')).toEqual({
      classNames: ['cat', 'dog'],
      passedOver: [],
      train: [
        { path: 'train/cat/1.JPG', label: 0 },
        { path: 'train/dog/1.png', label: 1 },
      ],
      test: [{ path: 'test/dog/2.png', label: 1 }],
    });
  });

  test('the order does not depend on the order in which files were made', async () => {
    const paths = ['a/10.png', 'a/9.png', 'a/deep/1.png', 'b/z.png', 'B/y.png', 'ä/x.png'];
    const orders = await Promise.all([folderOf(paths), folderOf(paths.toReversed())]);
    const [one, other] = await Promise.all(
      orders.map((order) => findClassFolders(order, 'images')),
    );
    expect(one).toEqual(other);
    expect(one.classNames).toEqual(['B', 'a', 'b', 'ä']);
    expect(one.train.map(({ path }) => path)).toContain('a/deep/1.png');
    expect(one.test).toBeNull();
  });

  test('val serves where there is no test', async () => {
    const folder = await folderOf(['train/a/1.png', 'train/b/1.png', 'val/b/2.png']);
    expect((await findClassFolders(folder, 'images')).test).toEqual([
      { path: 'val/b/2.png', label: 1 },
    ]);
  });

  test.each([
    ['TRAINING', 'Testing'],
    ['Train', 'VALID'],
    ['train', 'held back'],
  ])('%s and %s are the splits, in any case and of any other name', async (train, other) => {
    const folder = await folderOf([`${train}/a/1.png`, `${train}/b/1.png`, `${other}/b/2.png`]);
    const found = await findClassFolders(folder, 'images');
    expect(found.classNames).toEqual(['a', 'b']);
    expect(found.test).toEqual([{ path: `${other}/b/2.png`, label: 1 }]);
  });

  test('a class may be called train, and may be a link', async () => {
    const folder = await folderOf(['train/1.png', 'car/1.png']);
    await symlink(join(folder, 'car'), join(folder, 'bus'));
    expect((await findClassFolders(folder, 'images')).classNames).toEqual(['bus', 'car', 'train']);
  });

  test('clips are found; others are passed over and named, but for hidden ones', async () => {
    const folder = await folderOf([
      'a/1.wav',
      'a/notes.txt',
      'a/.2.wav',
      'b/1.WAV',
      '.git/c/x.png',
    ]);
    expect([await holdsMedium(folder, 'images'), await holdsMedium(folder, 'clips')]).toEqual([
      false,
      true,
    ]);
    const { train, passedOver } = await findClassFolders(folder, 'clips');
    expect(train.map(({ path }) => path)).toEqual(['a/1.wav', 'b/1.WAV']);
    expect(passedOver).toEqual([
      { reason: 'files ending in .txt', count: 1, example: 'a/notes.txt' },
    ]);
  });
});

describe('refused, naming the place:', () => {
  test.each([
    [['a/1.png'], 'holds one class (a); a data set needs a folder for each of two classes'],
    [['1.png'], 'holds no class folders'],
    [['a/1.png', 'b/notes.txt'], '/b: the class is empty, it holds no file ending in .png, .jpg'],
    [['a/1.png', 'b/1.wav'], 'holds images and sound clips (a/1.png, b/1.wav)'],
    [['train/a/1.png', 'train/b/1.png', 'test/c/1.png'], '/test/c: the class is not among those'],
    [['train/a/1.png', 'train/b/1.png', 'test/a/x.txt'], '/test: holds no files to test on'],
    [['train/a/1.png', 'train/b/1.png', 'test/a/1.wav'], 'holds images and sound clips'],
  ])('%j', async (paths, message) => {
    const folder = await folderOf(paths);
    const finding = findClassFolders(folder, 'images');
    await expect(finding).rejects.toThrow(RequestError);
    await expect(finding).rejects.toThrow(message);
  });

  test('a folder whose name is no UTF-8', async () => {
    const folder = await folderOf(['a/1.png', 'b/1.png']);
    await mkdir(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff)]));
    const finding = findClassFolders(folder, 'images');
    await expect(finding).rejects.toThrow(
      'cannot be read (ENOENT); allow it, or give it a name in UTF-8',
    );
  });

  test('a folder that is not there', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'empty'));
    await expect(findClassFolders(join(folder, 'none'), 'images')).rejects.toThrow(
      '(ENOENT); give a folder',
    );
  });
});
