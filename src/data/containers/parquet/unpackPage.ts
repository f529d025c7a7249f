import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import { compressors, decompressZstd } from 'hyparquet-compressors';

/** No page may hold more bytes unpacked. */
export const largestPage = 2 ** 29;

type Unpack = (packed: Uint8Array, size: number) => Uint8Array;

/** A way to unpack every codec that somebody writes; none makes more than `size` bytes. */
const unpackers: { [Codec in CompressionCodec]?: Unpack } = {
  UNCOMPRESSED: (packed) => packed,
  GZIP: (packed, size) => gunzipSync(packed, { maxOutputLength: size }),
  BROTLI: (packed, size) => brotliDecompressSync(packed, { maxOutputLength: size }),
  ZSTD: (packed, size) => decompressZstd(packed, new Uint8Array(size)),
  SNAPPY: compressors.SNAPPY,
  LZ4: compressors.LZ4,
  LZ4_RAW: compressors.LZ4_RAW,
};

/**
 * Unpacks a page.
 *
 * @throws RangeError for an unknown codec, and where it unpacks to another number of bytes than
 *   `size`; whatever a damaged page makes a decompressor throw
 */
export function unpackPage(packed: Uint8Array, codec: CompressionCodec, size: number): Uint8Array {
  const unpack = Object.hasOwn(unpackers, codec) ? unpackers[codec] : undefined;
  if (!unpack) throw new RangeError(`the codec ${codec} is not known`);
  if (size > largestPage)
    throw new RangeError(`a page of ${size} bytes, the limit is ${largestPage}`);
  if (size === 0) return new Uint8Array(0);
  const page = unpack(packed, size);
  if (page.length === size) return page;
  throw new RangeError(`a page unpacks to ${page.length} bytes, its header says ${size}`);
}
