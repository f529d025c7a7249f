import { damaged, lengthBytes, parseSafetensors, reserved } from './safetensorsHeader.ts';

/** A tensor of a safetensors file: 32-bit floats or integers in row-major order. */
export interface StoredTensor {
  shape: number[];
  data: Float32Array | Int32Array;
}

/** A tensor that is written; whole numbers of 64 bits are for others to read. */
export interface WrittenTensor {
  shape: number[];
  data: StoredTensor['data'] | BigInt64Array;
}

/** The content of a safetensors file: tensors in the order of the file, and free text entries. */
export interface TensorFile {
  tensors: Map<string, StoredTensor>;
  metadata: Record<string, string>;
}

/**
 * Encodes tensors in the safetensors format: 8 bytes of header length, a JSON header padded to a
 * multiple of 8, then the values, little-endian, one tensor after the other without gaps.
 */
export function encodeSafetensors({
  tensors,
  metadata,
}: Pick<TensorFile, 'metadata'> & { tensors: Map<string, WrittenTensor> }): Uint8Array {
  const entries: [string, unknown][] = [[reserved, metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    const dtype = dtypeOf(data);
    const end = offset + data.byteLength;
    entries.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const start = lengthBytes + Math.ceil(text.length / lengthBytes) * lengthBytes;
  const file = new Uint8Array(start + offset).fill(0x20, lengthBytes, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - lengthBytes), true);
  file.set(text, lengthBytes);
  let position = start;
  for (const { data } of tensors.values()) {
    file.set(bytesOf(data), position);
    position += data.byteLength;
  }
  return file;
}

function dtypeOf(data: WrittenTensor['data']): string {
  if (data instanceof BigInt64Array) return 'I64';
  return data instanceof Float32Array ? 'F32' : 'I32';
}

/** The bytes of a tensor's values as they stand in memory and, on today's machines, in files. */
export function bytesOf(data: WrittenTensor['data']): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Decodes a safetensors file of F32 and I32 tensors, see `parseSafetensors`.
 *
 * @param name the file's name, for messages
 * @throws RequestError naming the file and what is wrong with it
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const { tensors: stored, metadata } = parseSafetensors(bytes, name);
  const tensors = new Map<string, StoredTensor>();
  for (const { name: tensor, dtype, shape, bytes } of stored) {
    if (dtype !== 'F32' && dtype !== 'I32')
      damaged(
        name,
        `describes tensor '${tensor}' wrongly (dtype: ${dtype} is neither F32 nor I32)`,
      );
    const { buffer } = new Uint8Array(bytes);
    const data = dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer);
    tensors.set(tensor, { shape, data });
  }
  return { tensors, metadata };
}
