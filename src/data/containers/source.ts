import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { copyOf } from '../bytes.ts';
import { refusal } from './refusal.ts';

/** Bytes that can be read in any order: a file, or what is in memory. */
export interface ByteSource {
  /** its path, for errors */
  path: string;
  size: number;
  /** the bytes from start to before end; fewer where the source ends */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A source is read in pieces of so many bytes. */
const pieceBytes = 2 ** 20;

/** Opens a file. @throws RequestError where it cannot be read, or is none */
async function fileSource(path: string): Promise<ByteSource> {
  // A pipe would else be waited for.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error) => {
    throw unreadable(path, error);
  });
  const status = await handle.stat();
  if (status.isFile()) return sourceOf(path, handle, status.size);
  await handle.close();
  throw refusal(path, 'is no file', 'name a data file');
}

function sourceOf(path: string, handle: FileHandle, size: number): ByteSource {
  return {
    path,
    size,
    async read(start, end) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(end, size) - start));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(
          bytes,
          filled,
          bytes.length - filled,
          start + filled,
        );
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

/** Bytes in memory as a source. */
export const bytesSource = (bytes: Uint8Array, path: string): ByteSource => ({
  path,
  size: bytes.length,
  read: async (start, end) => copyOf(bytes, start, end),
  close: async () => {},
});

/** A part of a source, piece by piece: no more than one is held. */
export async function* piecesOf(
  source: ByteSource,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += pieceBytes) {
    yield await source.read(at, Math.min(end, at + pieceBytes));
  }
}

/** A file that is opened when it is needed. */
export interface FileReference {
  path: string;
  open(): Promise<ByteSource>;
}

export const fileReference = (path: string): FileReference => ({
  path,
  open: () => fileSource(path),
});

/** Bytes in memory as if they were a file. */
export const bytesReference = (bytes: Uint8Array, path: string): FileReference => ({
  path,
  open: async () => bytesSource(bytes, path),
});

/** Opens a file, works with it and closes it whatever happens. */
export async function withFile<Value>(
  file: FileReference,
  work: (source: ByteSource) => Promise<Value>,
): Promise<Value> {
  const source = await file.open();
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

const unreadable = (path: string, { code }: NodeJS.ErrnoException) =>
  refusal(path, `cannot be read (${code})`, 'check that it exists and is readable');
