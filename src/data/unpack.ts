import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RequestError } from '../errors.ts';

/** No data file may be, or unpack to, more than this many bytes: a bound on gzip bombs. */
const largestFile = 512 * 2 ** 20;

const sliceBytes = 16 * 1024;

/**
 * Reads a whole file and unpacks it when its first two bytes say gzip.
 * @throws RequestError when it is missing, unreadable, damaged, cut short or larger than `limit` bytes
 */
export async function readUnpacked(path: string, limit = largestFile): Promise<Uint8Array> {
  const bytes = await readWhole(path, limit);
  return isGzip(bytes) ? gunzip(bytes, path, limit) : bytes;
}

/** The SHA-256 of some bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readWhole(path: string, limit: number): Promise<Uint8Array> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw new RequestError(`${path}: not a file; name a data file`);
    if (status.size > limit) throw tooLarge(path, status.size, limit);
    return await readFile(path);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new RequestError(
      `${path}: cannot be read (${code}); check that it exists and is readable`,
    );
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks in small slices, so that an error can say how far it came and a bomb stops early. */
async function gunzip(packed: Uint8Array, path: string, limit: number): Promise<Uint8Array> {
  const stream = createGunzip({ chunkSize: 2 ** 18 });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    await pipeline(Readable.from(slices(packed)), stream, async (unpacked) => {
      for await (const chunk of unpacked) {
        size += chunk.length;
        if (size > limit) return;
        chunks.push(chunk);
      }
    });
  } catch (error) {
    if (size <= limit) throw damaged(path, error, stream.bytesWritten, packed);
  }
  if (size > limit) throw tooLarge(path, size, limit);
  return Buffer.concat(chunks, size);
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes);
}

function damaged(path: string, error: unknown, read: number, packed: Uint8Array): RequestError {
  const short = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
  const what = short
    ? `the gzip data stop short at byte ${packed.length}, the end of the file`
    : `the gzip data are damaged after byte ${read} (${(error as Error).message})`;
  return new RequestError(`${path}: ${what}; fetch the file again`);
}

function tooLarge(path: string, size: number, limit: number): RequestError {
  return new RequestError(
    `${path}: holds ${size} bytes or more, the limit is ${limit}; this is no file of a known data set`,
  );
}
