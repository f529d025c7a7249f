import { expect, it } from 'vitest';
import { Cache } from './cache.ts';

it('makes a value once, shares it while it is made, and lets the one asked for longest ago go', async () => {
  const cache = new Cache<string>(2);
  const made: string[] = [];
  const get = (key: string) => cache.get(key, async () => `${made.push(key)}`);
  expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['1', '1', '2']);
  await get('a');
  await get('c');
  await get('a');
  await get('b');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

it('forgets what failed, but not what was made after it under the same key', async () => {
  const cache = new Cache<string>(1);
  let fail = (_: Error) => {};
  const first = cache.get('a', () => new Promise((_, reject) => (fail = reject)));
  await cache.get('b', async () => 'pushes the first out');
  const second = cache.get('a', async () => 'second');
  fail(new Error('first'));
  await expect(first).rejects.toThrow('first');
  expect(await cache.get('a', async () => 'third')).toBe(await second);
  await expect(cache.get('c', () => Promise.reject(new Error('c')))).rejects.toThrow('c');
  expect(await cache.get('c', async () => 'again')).toBe('again');
});
