import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { RequestError } from '../../errors.ts';
import { findClassFolders } from './classFolders.ts';
import { holdsMedium } from './medium.ts';

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
      validation: null,
      test: [{ path: 'test/dog/2.png', label: 1 }],
      notes: [],
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

  test.each([
    ['train', 'val', 'test'],
    ['TRAINING', 'Valid', 'Testing'],
    ['training', 'VALIDATION', 'TEST'],
  ])('%s, %s and %s are the three splits', async (train, validation, held) => {
    const paths = [`${train}/a/1.png`, `${train}/b/1.png`, `${validation}/a/2.png`];
    const found = await findClassFolders(await folderOf([...paths, `${held}/b/3.png`]), 'images');
    expect(found).toMatchObject({ classNames: ['a', 'b'], notes: [] });
    expect(found.train).toHaveLength(2);
    expect(found.validation).toEqual([{ path: `${validation}/a/2.png`, label: 0 }]);
    expect(found.test).toEqual([{ path: `${held}/b/3.png`, label: 1 }]);
  });

  test.each([
    ['train', 'val'],
    ['TRAINING', 'Testing'],
    ['Train', 'VALID'],
    ['train', 'held back'],
  ])(
    'beside %s alone, %s is the test set, as is said unless it is called so',
    async (train, other) => {
      const folder = await folderOf([`${train}/a/1.png`, `${train}/b/1.png`, `${other}/b/2.png`]);
      const found = await findClassFolders(folder, 'images');
      expect(found.classNames).toEqual(['a', 'b']);
      expect(found.test).toEqual([{ path: `${other}/b/2.png`, label: 1 }]);
      expect(found.validation).toBeNull();
      const note = `${other} is the test set, since there is no other beside ${train}`;
      expect(found.notes).toEqual(other === 'Testing' ? [] : [note]);
    },
  );

  test('folders beside the splits are named', async () => {
    const paths = ['train/a/1.png', 'train/b/1.png', 'test/b/2.png', 'extra/a/3.png', 'old/4.png'];
    const { test: held, notes } = await findClassFolders(await folderOf(paths), 'images');
    expect(held).toEqual([{ path: 'test/b/2.png', label: 1 }]);
    expect(notes).toEqual(['folders beside train that are no splits are not read: extra, old']);
  });

  test('a folder called x.jpg is entered, a link within a class is not; both are told', async () => {
    const folder = await folderOf(['a/x.jpg/1.png', 'b/1.png']);
    await symlink(folder, join(folder, 'b', 'all.png'));
    expect(await findClassFolders(folder, 'images')).toMatchObject({
      train: [
        { path: 'a/x.jpg/1.png', label: 0 },
        { path: 'b/1.png', label: 1 },
      ],
      notes: ['a/x.jpg is a folder, not read as a file but entered'],
      passedOver: [{ reason: 'links to folders within classes', count: 1, example: 'b/all.png' }],
    });
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
    [['train/a/1.png', 'train/b/1.png', 'val/c/1.png', 'test/a/1.png'], '/val/c: the class is not'],
    [['test/a/1.png', 'test/b/1.png', 'val/a/1.png'], 'holds test, val, but nothing to train on'],
    [
      ['caf\u00e9/1.png', 'cafe\u0301/1.png'],
      'one class name in two normal forms of Unicode, cafe\\u{0301} and caf\\u{00e9}; put all',
    ],
    [
      ['train/\u00e9/1.png', 'train/b/1.png', 'test/e\u0301/1.png'],
      'train and test hold one class name in two normal forms of Unicode, \\u{00e9} and e\\u{0301}',
    ],
  ])('%j', async (paths, message) => {
    const folder = await folderOf(paths);
    const finding = findClassFolders(folder, 'images');
    await expect(finding).rejects.toThrow(RequestError);
    await expect(finding).rejects.toThrow(message);
  });

  test('links that lead back or nowhere', async () => {
    const back = await folderOf(['a/1.png', 'b/1.png']);
    await symlink('..', join(back, 'a', 'up'));
    expect((await findClassFolders(back, 'images')).train).toHaveLength(2);
    await symlink(back, join(back, 'c'));
    await expect(findClassFolders(back, 'images')).rejects.toThrow(
      `${join(back, 'c')}: the link leads back to ${back}, which holds it; remove the link`,
    );
    const lost = await folderOf(['a/1.png', 'b/1.png']);
    await symlink('nowhere', join(lost, 'c'));
    await symlink('d', join(lost, 'd'));
    await expect(findClassFolders(lost, 'images')).rejects.toThrow(
      /leads nowhere \(E(NOENT|LOOP)\)/,
    );
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
