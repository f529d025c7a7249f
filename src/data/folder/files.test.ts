import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { plainPng, pngOf } from '../../../testkit/ownData.ts';
import { RequestError } from '../../errors.ts';
import { randomStream } from '../../random/index.ts';
import { readingPath, readingsFolder } from './cache.ts';
import type { Decoding } from './decoders.ts';
import { readFiles } from './files.ts';

const decoding: Decoding = {
  ...{ medium: 'images', version: 2 },
  form: { size: 'auto', channels: 'auto', range: 'full' },
};
const files = ['a/1.png', 'b/2.png', 'b/3.png'].map((path) => ({ path, label: 0 }));
const always = { worthKeeping: 0 };

let root: string;
beforeEach(async () => {
  vi.stubEnv('XDG_CACHE_HOME', await temporaryFolder());
  root = await temporaryFolder();
  for (const [index, { path }] of files.entries()) {
    await writeFiles(root, { [path]: await plainPng([10 * index, 0, 0]) });
  }
});
afterAll(() => vi.unstubAllEnvs());

const first = ({ files }: Awaited<ReturnType<typeof readFiles>>) => files.map((f) => f.pixels[0]);
const kept = () => readingPath(root, decoding);
const readKept = () => readFile(kept());

describe('what was decoded is kept', () => {
  test('and read again, to the same pixels and digest', async () => {
    const before = await readFiles(root, files, decoding, always);
    expect(first(before)).toEqual([0, 10, 20]);
    const spoiled = await readKept();
    spoiled[spoiled.length - 1]++;
    await writeFile(kept(), spoiled);
    const again = await readFiles(root, files, decoding, always);
    expect(again.digest).toBe(before.digest);
    const last = again.files[2].pixels;
    expect(last[last.length - 1]).toBe(before.files[2].pixels[last.length - 1] + 1);
    const anew = await readFiles(root, files, decoding, { ...always, anew: true });
    expect(anew).toEqual(before);
  });

  test('but a file that has changed is read anew, and what is kept of it replaced', async () => {
    const before = await readFiles(root, files, decoding, always);
    await writeFiles(root, { 'b/2.png': await plainPng([99, 0, 0]) });
    const after = await readFiles(root, files, decoding, always);
    expect(first(after)).toEqual([0, 99, 20]);
    expect(after.digest).not.toBe(before.digest);
    expect(await readFiles(root, files, decoding, always)).toEqual(after);
  });

  test('not of another version of the reader', async () => {
    await readFiles(root, files, decoding, always);
    expect(readingPath(root, { ...decoding, version: 3 })).not.toBe(kept());
  });

  test('not where it was quick, where it is damaged, or where nothing can be written', async () => {
    await readFiles(root, files, decoding, { worthKeeping: 60_000 });
    await expect(stat(kept())).rejects.toThrow('ENOENT');
    const whole = await readFiles(root, files, decoding, always);
    const bytes = await readKept();
    await writeFile(kept(), bytes.subarray(0, bytes.length - 5));
    expect(await readFiles(root, files, decoding, always)).toEqual(whole);
    await rm(readingsFolder(), { recursive: true });
    await writeFile(readingsFolder(), 'a file in the way');
    expect(await readFiles(root, files, decoding, always)).toEqual(whole);
  });
});

test('all broken files are named', async () => {
  await writeFiles(root, { 'a/1.png': 'no image', 'b/3.png': 'none either' });
  const reading = readFiles(root, files, decoding, always);
  await expect(reading).rejects.toThrow(RequestError);
  await expect(reading).rejects.toThrow(/a\/1\.png: no image can .*\n.*b\/3\.png: no image can/);
});

test('large files are decoded by workers, to the same; progress tells of each', async () => {
  const side = 512;
  const bytes = randomStream(1, 'files');
  const noisy = Array.from({ length: 3 * side * side }, () => bytes.uint32() & 255);
  const large = await pngOf(noisy, { height: side, width: side });
  expect(4 * large.length).toBeGreaterThan(2 ** 21);
  const few = await readFiles(root, files, decoding, { worthKeeping: 60_000 });
  for (const name of ['c/4.png', 'c/5.png', 'c/6.png', 'c/7.png'])
    await writeFiles(root, { [name]: large });
  const more = ['4', '5', '6', '7'].map((name) => ({ path: `c/${name}.png`, label: 0 }));
  const told: number[] = [];
  const onProgress = ({ received, total }: { received: number; total: number | null }) =>
    void told.push(received / (total ?? 0));
  const all = await readFiles(root, [...files, ...more], decoding, { onProgress });
  expect(all.files.slice(0, 3)).toEqual(few.files);
  expect(all.files.map(({ pixels }) => pixels.length)).toEqual([
    48,
    48,
    48,
    ...Array(4).fill(3 * side * side),
  ]);
  expect([told.length, told.at(-1)]).toEqual([7, 1]);
  await writeFiles(root, { 'c/7.png': large.subarray(0, large.length / 2) });
  await expect(readFiles(root, [...files, ...more], decoding)).rejects.toThrow('c/7.png: no image');
});
