import { createHash } from 'node:crypto';
import { RequestError } from '../../errors.ts';
import { mostBytes, readBounded } from '../../files/read.ts';
import type { Decoded } from './decoded.ts';

/** A file's content and the SHA-256, in hexadecimal, of its bytes. */
export interface HashedFile {
  sha256: string;
  decoded: Decoded;
}

/** Reads, hashes and decodes one file. @throws RequestError naming it */
export async function decodeFile(
  path: string,
  decode: (bytes: Buffer, path: string) => Promise<Decoded>,
): Promise<HashedFile> {
  const bytes = await readBounded(path, mostBytes.sample).catch((error) => {
    if (error instanceof RequestError) throw error;
    throw new RequestError(`${path}: cannot be read (${error.code}); mend it or remove it`);
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, decoded: await decode(bytes, path) };
}
