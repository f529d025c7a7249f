import { createHash, type Hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import type { SearchOptions } from '../dataset.ts';
import type { ClassFile } from './classFolders.ts';

/** Files being read and decoded at the same time. */
const inFlight = 16;

/** What is read of every file of a data set, in order, and a digest of all that was read. */
export interface ReadFiles<Content> {
  contents: Content[];
  digest: string;
}

/**
 * Reads and decodes files, several at a time. The digest is a SHA-256 of every file's path and
 * bytes, not of what they decode to, which may differ by a grey level between processors.
 *
 * @throws RequestError naming the first file that cannot be read or decoded
 */
export async function readFiles<Content>(
  root: string,
  files: readonly ClassFile[],
  decode: (bytes: Buffer, path: string) => Content | Promise<Content>,
  onProgress?: SearchOptions['onProgress'],
): Promise<ReadFiles<Content>> {
  const hash = createHash('sha256');
  const contents: Content[] = [];
  const tell = progressOf(root, await sizesOf(root, files), onProgress);
  for (let first = 0; first < files.length; first += inFlight) {
    const group = files.slice(first, first + inFlight).map(async ({ path }) => {
      const bytes = await readWhole(join(root, path));
      return { path, bytes, content: await decode(bytes, join(root, path)) };
    });
    for (const { path, bytes, content } of await settled(group)) {
      addFile(hash, path, bytes);
      contents.push(content);
    }
    tell(contents.length);
  }
  return { contents, digest: hash.digest('hex') };
}

/** Waits for all, so that nothing goes on unseen, and throws what the first in order threw. */
async function settled<Value>(group: Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(group);
  return Promise.all(group);
}

function addFile(hash: Hash, path: string, bytes: Buffer): void {
  hash.update(`${path}\0${bytes.length}\0`).update(bytes);
}

async function readWhole(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new RequestError(`${path}: cannot be read (${error.code}); mend it or remove it`);
  });
}

async function sizesOf(root: string, files: readonly ClassFile[]): Promise<number[]> {
  const statuses = files.map(({ path }) => stat(join(root, path)).catch(() => ({ size: 0 })));
  return (await Promise.all(statuses)).map(({ size }) => size);
}

function progressOf(root: string, sizes: number[], onProgress: SearchOptions['onProgress']) {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return (count: number): void => {
    const received = sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
    onProgress?.({ file: `reading ${root}`, received, total });
  };
}
