import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder, tinyMnist } from '../../testkit/dataFiles.ts';
import { asked, cacheFolder, locate, searchPlaces } from './locate.ts';
import { mnist } from './mnist.ts';

afterEach(() => vi.unstubAllEnvs());

test('the search goes: the folder asked for, $SHAKELAB_DATA, the cache', () => {
  vi.stubEnv('SHAKELAB_DATA', 'there');
  vi.stubEnv('XDG_CACHE_HOME', resolve('/cache'));
  expect(searchPlaces('here')).toEqual([
    { root: resolve('here'), origin: asked },
    { root: resolve('there'), origin: '$SHAKELAB_DATA' },
    { root: resolve('/cache/shakelab'), origin: 'the cache' },
  ]);
  vi.stubEnv('SHAKELAB_DATA', '');
  expect(searchPlaces()).toHaveLength(1);
});

test('the cache is where each platform keeps caches; a relative XDG_CACHE_HOME does not count', () => {
  vi.stubEnv('XDG_CACHE_HOME', 'relative');
  vi.stubEnv('LOCALAPPDATA', undefined);
  expect(cacheFolder('linux')).toBe(join(homedir(), '.cache/shakelab'));
  expect(cacheFolder('darwin')).toBe(join(homedir(), 'Library/Caches/shakelab'));
  expect(cacheFolder('win32')).toBe(join(homedir(), 'AppData/Local/shakelab/Cache'));
});

test('the first place with all the files is taken', async () => {
  const [empty, first, second] = [
    await temporaryFolder(),
    await tinyMnist(1, 1),
    await tinyMnist(1, 1),
  ];
  const places = [empty, first, second].map((root) => ({ root, origin: asked }));
  expect(await locate(mnist, places)).toBe(join(first, 'mnist'));
  expect(await locate(mnist, places.slice(0, 1))).toBeNull();
});
