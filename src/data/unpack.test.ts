import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { RequestError } from '../errors.ts';
import { readUnpacked } from './unpack.ts';

const folder = await temporaryFolder();
const contents = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * at) % 251));
const packed = gzipSync(contents);
const damaged = Buffer.from(packed).fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);

await writeFiles(folder, {
  plain: contents,
  packed,
  damaged,
  cut: packed.subarray(0, packed.length - 100),
  bomb: gzipSync(Buffer.alloc(50_000_000)),
  empty: '',
});

test('plain and gzip files give the same contents', async () => {
  expect(contents.equals(await readUnpacked(join(folder, 'plain')))).toBe(true);
  expect(contents.equals(await readUnpacked(join(folder, 'packed')))).toBe(true);
  expect(await readUnpacked(join(folder, 'empty'))).toHaveLength(0);
});

test.each([
  ['cut', `stop short at byte ${packed.length - 100}`],
  ['damaged', /damaged after byte \d+ /],
  ['missing', 'cannot be read (ENOENT)'],
  ['.', 'not a file'],
])('%s: a RequestError says so', async (name, message) => {
  const reading = readUnpacked(join(folder, name));
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toThrow(RequestError);
});

test('a gzip bomb and a large file stop at the limit', async () => {
  await expect(readUnpacked(join(folder, 'bomb'), 1_000_000)).rejects.toThrow('limit is 1000000');
  await expect(readUnpacked(join(folder, 'plain'), 99_999)).rejects.toThrow('limit is 99999');
  expect(await readUnpacked(join(folder, 'packed'), 100_000)).toHaveLength(100_000);
});
