import { z } from 'zod';
import { RequestError } from '../errors.ts';

/** Bits of a value of each type that a safetensors file may hold. */
const typeBits = {
  ...{ F4: 4, F6_E2M3: 6, F6_E3M2: 6, BOOL: 8, U8: 8, I8: 8 },
  ...{ F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8, F8_E4M3FNUZ: 8, F8_E5M2FNUZ: 8 },
  ...{ U16: 16, I16: 16, F16: 16, BF16: 16, U32: 32, I32: 32, F32: 32 },
  ...{ U64: 64, I64: 64, F64: 64, C64: 64 },
} as const;

/** A type of values, as the format calls it. */
export type StoredType = keyof typeof typeBits;

/** A tensor as it lies in a file: row-major, little-endian. */
export interface StoredBytes {
  name: string;
  dtype: StoredType;
  shape: number[];
  bytes: Uint8Array;
}

export const lengthBytes = 8;
/** The format's own bound, which keeps a damaged length from asking for gigabytes. */
const longestHeader = 100_000_000;
export const reserved = '__metadata__';

const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(typeBits) as StoredType[]),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type Entry = z.infer<typeof entrySchema> & { name: string };

/**
 * Takes a safetensors file of any types apart. Nothing in it is trusted: lengths, types, shapes and
 * offsets are checked, and the tensors must fill the file without gap or overlap. Keys may come in
 * any order, blanks before the header, and values at any offset.
 *
 * @param name the file's name, for messages
 * @throws RequestError naming the file and what is wrong with it
 */
export function parseSafetensors(
  bytes: Uint8Array,
  name: string,
): { tensors: StoredBytes[]; metadata: Record<string, string> } {
  const start = headerEnd(bytes, name);
  const { metadata, entries } = parseHeader(bytes.subarray(lengthBytes, start), name);
  const tensors = inOrder(entries, bytes.length - start, name).map(
    ({ data_offsets: [begin, end], ...entry }) => ({
      ...entry,
      bytes: bytes.subarray(start + begin, start + end),
    }),
  );
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
): { metadata: Record<string, string>; entries: Entry[] } {
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
    dtype,
    shape,
    data_offsets: [begin, end],
  } = result.data;
  const needed = shape.reduce((size, extent) => size * extent, typeBits[dtype]) / 8;
  if (needed !== end - begin) {
    const claim = `[${shape.join(',')}] needs ${needed} bytes, not ${end - begin}`;
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

export function damaged(name: string, what: string): never {
  throw new RequestError(`${name}: ${what}; the file is damaged or no safetensors file`);
}
