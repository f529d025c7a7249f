import { createHash } from 'node:crypto';
import { readPieces, readPlain } from './unpack.ts';

/** What a published file hashes to. */
export interface Digest {
  algorithm: 'sha256' | 'md5';
  /** of the file as it lies, or of its contents, unpacked where that is gzip */
  of: 'file' | 'contents';
  /** in hexadecimal */
  value: string;
}

/** How people write the algorithms' names. */
export const algorithmNames = { sha256: 'SHA-256', md5: 'MD5' } as const;

/**
 * The value that a file has for a digest's algorithm, read piece by piece.
 * @throws RequestError when the file cannot be read, or is larger than `limit` bytes
 */
export async function digestValue(
  path: string,
  { algorithm, of }: Omit<Digest, 'value'>,
  limit?: number,
): Promise<string> {
  const hash = createHash(algorithm);
  const pieces = of === 'file' ? readPlain(path, limit) : readPieces(path, limit);
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
