import { z } from 'zod';
import { RequestError } from '../errors.ts';

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

const bytesPerValue = 4;
const lengthBytes = 8;
/** The format's own bound, which keeps a damaged length from asking for gigabytes. */
const longestHeader = 100_000_000;
const reserved = '__metadata__';

const entrySchema = z.strictObject({
  dtype: z.enum(['F32', 'I32']),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type Entry = z.infer<typeof entrySchema> & { name: string };

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
 * Decodes a safetensors file of F32 and I32 tensors. Nothing in it is trusted: lengths, types,
 * shapes and offsets are checked, and the tensors must fill the file without gap or overlap.
 *
 * @param name the file's name, for messages
 * @throws RequestError naming the file and what is wrong with it
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const start = headerEnd(bytes, name);
  const { metadata, entries } = parseHeader(bytes.subarray(lengthBytes, start), name);
  const tensors = new Map<string, StoredTensor>();
  for (const {
    name: tensor,
    dtype,
    shape,
    data_offsets: [begin, end],
  } of inOrder(entries, bytes.length - start, name)) {
    const { buffer } = new Uint8Array(bytes.subarray(start + begin, start + end));
    const data = dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer);
    tensors.set(tensor, { shape, data });
  }
  return { tensors, metadata };
}

function headerEnd(bytes: Uint8Array, name: string): number {
  if (bytes.length < lengthBytes) {
    damaged(
      name,
      `has ${bytes.length} bytes, fewer than the ${lengthBytes} of the header's length`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > longestHeader || Number(length) > bytes.length - lengthBytes) {
    damaged(name, `announces a header of ${length} bytes, has ${bytes.length - lengthBytes} left`);
  }
  return lengthBytes + Number(length);
}

function parseHeader(
  bytes: Uint8Array,
  name: string,
): Omit<TensorFile, 'tensors'> & { entries: Entry[] } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    damaged(name, `has a header that is no JSON (${(error as Error).message})`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    damaged(name, 'has a header that is no JSON object');
  }
  const pairs = Object.entries(header);
  const described = pairs.filter(([key]) => key !== reserved);
  const metadata = parseMetadata(pairs.find(([key]) => key === reserved)?.[1] ?? {}, name);
  return { metadata, entries: described.map((pair) => parseEntry(pair, name)) };
}

/** By hand, because any text may be a key here, `__proto__` too. */
function parseMetadata(value: unknown, name: string): Record<string, string> {
  const entries = typeof value === 'object' ? Object.entries(value ?? {}) : [];
  if (typeof value !== 'object' || entries.some(([, text]) => typeof text !== 'string')) {
    damaged(name, `has ${reserved} that is not a table of text entries`);
  }
  return Object.fromEntries(entries);
}

function parseEntry([tensor, description]: [string, unknown], name: string): Entry {
  const result = entrySchema.safeParse(description);
  if (!result.success) {
    const { path, message } = result.error.issues[0];
    damaged(name, `describes tensor '${tensor}' wrongly (${path.join('.')}: ${message})`);
  }
  const {
    shape,
    data_offsets: [begin, end],
  } = result.data;
  const values = shape.reduce((size, extent) => size * extent, 1);
  if (values * bytesPerValue !== end - begin) {
    const claim = `[${shape.join(',')}] needs ${values * bytesPerValue} bytes, not ${end - begin}`;
    damaged(name, `describes tensor '${tensor}' wrongly (its shape ${claim})`);
  }
  return { name: tensor, ...result.data };
}

/** The tensors in the order of their offsets, which must cover the values exactly. */
function inOrder(entries: Entry[], length: number, name: string): Entry[] {
  const ordered = entries.toSorted(
    ({ data_offsets: a }, { data_offsets: b }) => a[0] - b[0] || a[1] - b[1],
  );
  let position = 0;
  for (const {
    name: tensor,
    data_offsets: [begin, end],
  } of ordered) {
    if (begin !== position) damaged(name, `has tensor '${tensor}' at ${begin}, not at ${position}`);
    position = end;
  }
  if (position !== length) damaged(name, `describes ${position} bytes of values and has ${length}`);
  return ordered;
}

function damaged(name: string, what: string): never {
  throw new RequestError(`${name}: ${what}; the file is damaged or no safetensors file`);
}
