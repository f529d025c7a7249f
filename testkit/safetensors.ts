import { readFileSync } from 'node:fs';

export interface Tensor {
  shape: number[];
  data: Float32Array;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** A buffer of their own, aligned: a slice of a file may start anywhere in it. */
const copied = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;

/** How the bytes of a kind become numbers; bfloat16 is the upper half of a float32. */
const decoders: Record<string, (bytes: Uint8Array) => Float32Array> = {
  U8: (bytes) => Float32Array.from(bytes),
  F32: (bytes) => new Float32Array(copied(bytes)),
  BF16: (bytes) => {
    const upper = new Uint16Array(copied(bytes));
    return new Float32Array(Uint32Array.from(upper, (half) => half << 16).buffer);
  },
};

/**
 * Reads the safetensors files the fixtures are made of: an 8-byte header length, a JSON
 * header, the data. Every kind comes out as float32.
 *
 * @throws Error on a kind of number the fixtures do not have, or data that do not fit
 */
export function readSafetensors(path: URL): Map<string, Tensor> {
  const file = readFileSync(path);
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header: Record<string, Entry> = JSON.parse(file.toString('utf8', 8, start));
  return new Map(
    Object.entries(header).map(([name, entry]) => [
      name,
      decode(path, name, entry, file.subarray(start)),
    ]),
  );
}

function decode(path: URL, name: string, entry: Entry, bytes: Uint8Array): Tensor {
  const decoder = decoders[entry.dtype];
  if (!decoder) throw new Error(`${path}: ${name} is ${entry.dtype}, not U8, F32 or BF16`);
  const data = decoder(bytes.subarray(...entry.data_offsets));
  const count = elements(entry.shape);
  if (data.length !== count)
    throw new Error(`${path}: ${name} has ${data.length} of ${count} values`);
  return { shape: entry.shape, data };
}

/** How many numbers a tensor of this shape holds. */
export function elements(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
