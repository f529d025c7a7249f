/** A variable of bytes, the first axis varying fastest. */
interface ByteArray {
  shape: number[];
  values: Uint8Array;
}

/** MATLAB's kinds of elements, and its class of bytes. */
const [int8, uint8, int32, uint32, matrix, byteClass] = [1, 2, 5, 6, 14, 9];

/** A `.mat` file of version 5 with variables of bytes, not packed. */
export function matOf(variables: Record<string, ByteArray>): Buffer {
  const header = Buffer.alloc(128, ' ');
  header.write('MATLAB 5.0 MAT-file');
  header.writeUInt16LE(0x0100, 124);
  header.write('IM', 126);
  return Buffer.concat([header, ...Object.entries(variables).map(variable)]);
}

const variable = ([name, { shape, values }]: [string, ByteArray]): Buffer =>
  element(
    matrix,
    Buffer.concat([
      element(uint32, words([byteClass, 0])),
      element(int32, words(shape)),
      element(int8, Buffer.from(name)),
      element(uint8, values),
    ]),
  );

/** A tag of the kind and the size, the bytes, and zeros up to a multiple of 8. */
const element = (kind: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([words([kind, bytes.length]), bytes, Buffer.alloc(-bytes.length & 7)]);

const words = (values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);
