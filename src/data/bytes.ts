/**
 * Those bytes again, in memory of their own. `slice` is no such copy where they are a Buffer, as files and
 * streams give them: there it is the same memory, which their owner may write anew.
 */
export const copyOf = (bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.subarray(start, end));

/** The same memory, not as a Buffer, whose methods differ from those of other arrays. */
export const plainBytes = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);
