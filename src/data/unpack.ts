import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RequestError } from '../errors.ts';

/** No data file may be, or unpack to, more than this many bytes: a bound on gzip bombs. */
const largestFile = 512 * 2 ** 20;

/** A file is read in pieces of so many bytes: so exactly does an error say how far it came. */
const pieceBytes = 16 * 1024;

/**
 * Reads a whole file and unpacks it when its first two bytes say gzip.
 * @throws RequestError when it is missing, unreadable, damaged, cut short or larger than `limit` bytes
 */
export async function readUnpacked(path: string, limit?: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readPieces(path, limit)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** As `readUnpacked`, piece by piece: no more than one is held. */
export async function* readPieces(path: string, limit = largestFile): AsyncGenerator<Uint8Array> {
  const pieces = (await isGzip(path, limit)) ? gunzip(path) : readPlain(path, limit);
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) throw tooLarge(path, size, limit);
    yield piece;
  }
}

/** Reads a file as it lies, piece by piece. @throws RequestError as above */
export async function* readPlain(path: string, limit = largestFile): AsyncGenerator<Uint8Array> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw new RequestError(`${path}: not a file; name a data file`);
    if (status.size > limit) throw tooLarge(path, status.size, limit);
    yield* createReadStream(path, { highWaterMark: pieceBytes });
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new RequestError(
      `${path}: cannot be read (${code}); check that it exists and is readable`,
    );
  }
}

async function isGzip(path: string, limit: number): Promise<boolean> {
  for await (const piece of readPlain(path, limit)) return piece[0] === 0x1f && piece[1] === 0x8b;
  return false;
}

/** Unpacks as fast as it is read from, so that a bomb stops early. */
async function* gunzip(path: string): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 2 ** 18 });
  const packed = readPlain(path, Number.POSITIVE_INFINITY);
  // What goes wrong in the pipeline destroys the stream, and is thrown where that is read.
  pipeline(packed, stream).catch(() => {});
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw damaged(path, error as NodeJS.ErrnoException, stream.bytesWritten);
  }
}

function damaged(path: string, error: NodeJS.ErrnoException, read: number): RequestError {
  const what =
    error.code === 'Z_BUF_ERROR'
      ? `the gzip data stop short at byte ${read}, the end of the file`
      : `the gzip data are damaged after byte ${read} (${error.message})`;
  return new RequestError(`${path}: ${what}; fetch the file again`);
}

function tooLarge(path: string, size: number, limit: number): RequestError {
  return new RequestError(
    `${path}: holds ${size} bytes or more, the limit is ${limit}; this is no file of a known data set`,
  );
}
