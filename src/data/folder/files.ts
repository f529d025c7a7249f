import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import type { SearchOptions } from '../dataset.ts';
import { type CachedFile, keepReadings, loadReadings, readingPath, type Stamp } from './cache.ts';
import type { ClassFile } from './classFiles.ts';
import type { DecodedFile } from './decoded.ts';
import type { Decoding } from './decoders.ts';
import { decodeAll } from './pool.ts';

/** What is read of every file of a data set, in order, and a digest of all that was read. */
export interface ReadFiles {
  files: DecodedFile[];
  digest: string;
}

/** How files are read. */
export interface ReadOptions {
  onProgress?: SearchOptions['onProgress'];
  /** read and hash every file, whatever is kept of it */
  anew?: boolean;
  /** what took fewer milliseconds is not kept for later; 500 when left out */
  worthKeeping?: number;
}

/** Broken files named one by one; of more the number. */
const mostNamed = 20;

/**
 * Reads and decodes files, or takes what an earlier command kept of those that have not changed. The
 * digest is a SHA-256 of every file's path, length and own SHA-256, not of what they decode to, which
 * may differ by a grey level between processors.
 *
 * @throws RequestError naming the files that cannot be read or decoded
 */
export async function readFiles(
  root: string,
  files: readonly ClassFile[],
  decoding: Decoding,
  { onProgress, anew = false, worthKeeping = 500 }: ReadOptions = {},
): Promise<ReadFiles> {
  const stamps = await Promise.all(files.map(({ path }) => stampOf(root, path)));
  const place = readingPath(root, decoding);
  const kept = anew ? new Map<string, CachedFile>() : await loadReadings(place);
  const known = stamps.map((stamp) => {
    const file = kept.get(stamp.path);
    return file?.size === stamp.size && file.time === stamp.time ? file : null;
  });
  const started = performance.now();
  const read = await decodeOthers(root, stamps, known, decoding, onProgress);
  const changed = known.includes(null) || kept.size !== files.length;
  if (changed && performance.now() - started >= worthKeeping) await keepReadings(place, read);
  return {
    files: read.map(({ path, decoded }) => ({ ...decoded, path: join(root, path) })),
    digest: digestOf(read),
  };
}

async function decodeOthers(
  root: string,
  stamps: readonly Stamp[],
  known: readonly (CachedFile | null)[],
  decoding: Decoding,
  onProgress: SearchOptions['onProgress'],
): Promise<CachedFile[]> {
  const others = stamps.filter((_, index) => known[index] === null);
  const total = stamps.reduce((sum, { size }) => sum + size, 0);
  const bytes = others.reduce((sum, { size }) => sum + size, 0);
  let received = total - bytes;
  const tell = (index: number): void => {
    received += others[index].size;
    onProgress?.({ file: `reading ${root}`, received, total });
  };
  const paths = others.map(({ path }) => join(root, path));
  const results = await decodeAll(paths, decoding, { bytes, tell });
  refuseBroken(results.filter((result) => result instanceof RequestError));
  const decoded = results.values() as IterableIterator<Exclude<(typeof results)[0], RequestError>>;
  return stamps.map(
    (stamp, index) => known[index] ?? { ...stamp, ...decoded.next().value },
  ) as CachedFile[];
}

function refuseBroken(failures: readonly RequestError[]): void {
  if (failures.length === 0) return;
  const named = failures.slice(0, mostNamed).map(({ message }) => message);
  const more = failures.length - named.length;
  throw new RequestError([...named, ...(more > 0 ? [`and ${more} more files`] : [])].join('\n'));
}

function digestOf(files: readonly CachedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, size, sha256 } of files) hash.update(`${path}\0${size}\0${sha256}\0`);
  return hash.digest('hex');
}

/** A file that cannot be looked at is met again, and named, where it is read. */
async function stampOf(root: string, path: string): Promise<Stamp> {
  const status = await stat(join(root, path), { bigint: true }).catch(() => null);
  if (!status) return { path, size: 0, time: '' };
  return { path, size: Number(status.size), time: `${status.mtimeNs}/${status.ctimeNs}` };
}
