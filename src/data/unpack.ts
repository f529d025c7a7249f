import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RequestError } from '../errors.ts';

/** No data file may be, or unpack to, more than this many bytes: a bound on gzip bombs. */
const largestFile = 512 * 2 ** 20;

/** How many bytes deflate makes of one, at most. */
export const deflateRatio = 1032;

/** A file is read in pieces of so many bytes: so exactly does an error say how far it came. */
const pieceBytes = 16 * 1024;

/**
 * Reads a whole file and unpacks it when its first two bytes say gzip.
 * @throws RequestError when it is missing, unreadable, damaged, cut short or larger than `limit` bytes
 */
export async function readUnpacked(path: string, limit = largestFile): Promise<Uint8Array> {
  if (!(await isGzip(path, limit))) return readWhole(path, limit);
  let bytes = new Uint8Array(0);
  let filled = 0;
  for await (const piece of readPieces(path, limit)) {
    if (filled + piece.length > bytes.length) {
      const room = filled === 0 ? await likelySize(path, limit) : 2 * bytes.length;
      const grown = new Uint8Array(Math.max(room, filled + piece.length));
      grown.set(bytes.subarray(0, filled));
      bytes = grown;
    }
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes.subarray(0, filled);
}

/** A plain file, which `readPlain` found fit to be read, in one piece. */
async function readWhole(path: string, limit: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > limit) throw tooLarge(path, size, limit);
  const bytes = new Uint8Array(size);
  const file = await open(path);
  try {
    let filled = 0;
    for (let read = -1; read !== 0; filled += read) {
      ({ bytesRead: read } = await file.read(bytes, filled, Math.min(size - filled, 2 ** 30)));
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** What a gzip file's end says is in it, as far as the packed bytes can hold that. */
async function likelySize(path: string, limit: number): Promise<number> {
  const { size } = await stat(path);
  const end = Buffer.alloc(4);
  const file = await open(path);
  try {
    await file.read(end, 0, 4, Math.max(0, size - 4));
  } finally {
    await file.close();
  }
  return Math.min(end.readUInt32LE(), size * deflateRatio, limit);
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
