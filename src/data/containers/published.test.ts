import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureBytes, fixturePath } from '../../../testkit/containerCases.ts';
import { realData } from '../../../testkit/dataFiles.ts';
import { published, publishedAs } from './published.ts';

const md5 = (name: string) => createHash('md5').update(fixtureBytes(name)).digest('hex');

test('files are known by their digests, whatever they are called', async () => {
  const files = { a: md5('keras.npz'), b: md5('plain.tar') };
  const table = [{ title: 'two files', files, classNames: [] }];
  const paths = ['plain.tar', 'keras.npz'].map(fixturePath);
  expect((await publishedAs(paths, table))?.title).toBe('two files');
  expect(await publishedAs([...paths, fixturePath('json.tar')], table)).toBeNull();
  expect(await publishedAs([], table)).toBeNull();
});

test('every digest is one, and no two files have the same', () => {
  const digests = published.flatMap(({ files }) => Object.values(files));
  expect(new Set(digests).size).toBe(digests.length);
  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{32}$/);
});

test.skipIf(realData === null)('MNIST’s own files are MNIST', async () => {
  const names = Object.keys(published[0].files);
  const paths = names.map((name) => join(realData!, 'mnist', name));
  expect((await publishedAs(paths))?.title).toBe('MNIST');
});
