import { createHash } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { besideName } from '../../files/beside.ts';
import { makeFolder } from '../../files/folders.ts';
import { type Entries, type Format, isNewest, numbered } from '../../files/format.ts';
import { cacheFolder } from '../locate.ts';
import type { HashedFile } from './decodeFile.ts';

/** A file as it lay when it was decoded: another size or time, and it is decoded again. */
export interface Stamp {
  path: string;
  size: number;
  /** of the last change of contents and of name or rights, in nanoseconds */
  time: string;
}

/** A decoded file with what it was when it was read. */
export type CachedFile = Stamp & HashedFile;

/** The formats of a reading: a cache, made anew where it is of another. */
const readingFormat: Format<Entries> = { name: 'reading', upgrades: [] };

/** Decodings of more bytes than this are not kept; of all that are kept, the newest stay. */
const largest = 2 ** 30;
const mostBytes = 2 ** 32;

/** Counts up when files that were misread are read right: what was kept of them is not taken again. */
const mended = 1;

/** Where decoded files are kept: the folder may be removed at any time. */
export const readingsFolder = (): string => join(cacheFolder(), 'readings');

/** The file for one way of decoding the files of one folder. */
export function readingPath(root: string, decoding: object): string {
  const key = JSON.stringify([root, decoding, mended]);
  return join(readingsFolder(), `${createHash('sha256').update(key).digest('hex')}.bin`);
}

/** The files that were kept, by path; none where there is nothing, or nothing that can be read. */
export async function loadReadings(path: string): Promise<Map<string, CachedFile>> {
  try {
    const bytes = await readFile(path);
    const files = parseReadings(bytes);
    const now = new Date();
    await utimes(path, now, now).catch(() => {});
    return new Map(files.map((file) => [file.path, file]));
  } catch {
    return new Map();
  }
}

/** Keeps decoded files for later commands; does without where nothing can be written. */
export async function keepReadings(path: string, files: readonly CachedFile[]): Promise<void> {
  const bytes = files.reduce((sum, { decoded }) => sum + decoded.pixels.length, 0);
  if (bytes > largest) return;
  const part = besideName(path, '.part');
  try {
    await makeFolder(readingsFolder());
    await writeReadings(part, files);
    await rename(part, path);
    await discardOldest(path);
  } catch {
    await rm(part, { force: true }).catch(() => {});
  }
}

/** A length, that many bytes of JSON, and the pixels of every file one behind the other. */
async function writeReadings(path: string, files: readonly CachedFile[]): Promise<void> {
  const entries = files.map(({ decoded: { pixels, ...decoded }, ...file }) => ({
    ...file,
    decoded,
    length: pixels.length,
  }));
  const header = Buffer.from(JSON.stringify(numbered(readingFormat, { entries })));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const handle = await open(path, 'w');
  try {
    await handle.writev([length, header]);
    for (const { decoded } of files) await handle.write(decoded.pixels);
  } finally {
    await handle.close();
  }
}

type Entry = Omit<CachedFile, 'decoded'> & {
  decoded: Omit<CachedFile['decoded'], 'pixels'>;
  length: number;
};

function parseReadings(bytes: Buffer): CachedFile[] {
  const start = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, start));
  if (!isNewest(header.format, readingFormat)) throw new Error('of another format');
  const entries: Entry[] = header.entries;
  let at = start;
  const files = entries.map(({ length, decoded, ...file }) => {
    at += length;
    const pixels = new Uint8Array(bytes.buffer, bytes.byteOffset + at - length, length);
    return { ...file, decoded: { ...decoded, pixels } };
  });
  if (at !== bytes.length) throw new Error('cut short');
  return files;
}

/** Removes what was used longest ago, until what is left is within bounds. */
async function discardOldest(kept: string): Promise<void> {
  const names = (await readdir(readingsFolder())).filter((name) => name.endsWith('.bin'));
  const paths = names.map((name) => join(readingsFolder(), name));
  const found = await Promise.all(
    paths.map(async (path) => ({ path, ...sizeAndTime(await stat(path)) })),
  );
  let total = 0;
  for (const { path, size } of found.sort((one, other) => other.time - one.time)) {
    total += size;
    if (total > mostBytes && path !== kept) await rm(path, { force: true });
  }
}

const sizeAndTime = ({ size, mtimeMs }: { size: number; mtimeMs: number }) => ({
  size,
  time: mtimeMs,
});
