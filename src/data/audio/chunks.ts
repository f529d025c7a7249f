/** A named part of a file: where its content begins, and how long it is said to be. */
export interface Chunk {
  name: string;
  start: number;
  size: number;
}

/** How a kind of file writes its chunks. */
interface ChunkLayout {
  /** where the first one begins */
  first: number;
  /** bytes of name and size */
  header: number;
  /** chunks begin at multiples of this many bytes */
  align: number;
  /** whether the size counts the header too */
  whole: boolean;
  size(view: DataView, at: number): number;
}

const view64 = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** RIFF and RF64, RIFX and AIFF, which are big-endian, and Sony's W64 with 64-bit sizes. */
export const chunkLayouts = {
  little: {
    ...{ first: 12, header: 8, align: 2, whole: false },
    size: (view, at) => view.getUint32(at + 4, true),
  },
  big: {
    ...{ first: 12, header: 8, align: 2, whole: false },
    size: (view, at) => view.getUint32(at + 4),
  },
  w64: {
    ...{ first: 40, header: 24, align: 8, whole: true },
    size: (view, at) => view64(view, at + 16),
  },
} as const satisfies Record<string, ChunkLayout>;

/** The chunks of a file in order; the last may be said to be longer than the file is. */
export function* chunksOf(bytes: Uint8Array, layout: ChunkLayout): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, align, whole } = layout;
  for (let at = layout.first; at + header <= bytes.length; ) {
    const stated = layout.size(view, at);
    const size = Math.max(0, whole ? stated - header : stated);
    yield { name: textAt(bytes, at), start: at + header, size };
    at += header + Math.ceil(size / align) * align;
  }
}

/** Four letters. */
export const textAt = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4));
