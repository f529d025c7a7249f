import { z } from 'zod';
import type { Plane } from '../../analysis/plane.ts';
import { type DocumentKind, parseDocument } from '../../files/document.ts';
import { NewerFormatError, numbered } from '../../files/format.ts';
import { limits } from '../../limits.ts';

/** What a file of frames says once, before its frames. */
export interface FrameHeader {
  /** Training steps between frames. */
  every: number;
  /** Width D of the features; wider than 2, points lie in their principal plane. */
  features: number;
  /** The images that are points of a frame, by their places in the training split. */
  places: number[];
  labels: number[];
}

/** The points of one moment: [count][x, y] in either mode. */
export interface Frame {
  step: number;
  train: Float32Array;
  evaluate: Float32Array;
  /** The plane of the points; null where the features are the points. */
  plane: Plane | null;
}

const magic = Buffer.from('SHKFRM01');
const lengthBytes = 4;
/** Keeps a damaged length from asking for gigabytes. */
const longestHeader = 4_000_000;

/** Points of a frame; keeps a damaged header from asking for gigabytes. */
const mostPoints = 65_536;

const whole = z.int().nonnegative();
const headerSchema = z.object({
  every: whole.min(1),
  features: whole.min(1).max(limits.features),
  places: z.array(whole).max(mostPoints),
  labels: z.array(whole).max(mostPoints),
}) satisfies z.ZodType<FrameHeader>;

/** The formats of `frames.bin`, as its header says them. */
const headerKind: DocumentKind<FrameHeader> = {
  name: 'header of frames',
  upgrades: [],
  schema: headerSchema,
  remedy: 'delete the file',
};

/** The bytes before the first frame: a magic word, the length of the JSON that follows, JSON. */
export function encodeHeader(header: FrameHeader): Uint8Array {
  const text = Buffer.from(JSON.stringify(numbered(headerKind, header)));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(text.length);
  return Buffer.concat([magic, length, text]);
}

/**
 * A file's header and where its frames begin; null where that is no such file, or a damaged one.
 *
 * @throws NewerFormatError where a newer release wrote it
 */
export function decodeHeader(
  bytes: Uint8Array,
  path: string,
): { header: FrameHeader; start: number } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = magic.length + lengthBytes;
  if (buffer.length < begin || !buffer.subarray(0, magic.length).equals(magic)) return null;
  const start = begin + buffer.readUInt32LE(magic.length);
  if (start > buffer.length || start > longestHeader) return null;
  try {
    return {
      header: parseDocument(buffer.toString('utf8', begin, start), headerKind, path),
      start,
    };
  } catch (error) {
    if (error instanceof NewerFormatError) throw error;
    return null;
  }
}

/** Modes × axes × (least value, step of a code). */
const scales = 2 * 2 * 2;
/** The code of a value that is not finite. */
const notFinite = 65_535;

/** Bytes of a frame: step, scales and plane in 4 bytes each, coordinates in 2. */
export function frameBytes({ features, places }: FrameHeader): number {
  return 4 * (1 + scales + planeFloats(features)) + 8 * places.length;
}

const planeFloats = (features: number): number => (features > 2 ? 3 * features : 0);

/** A frame's bytes; coordinates are rounded to 1/65,534 of their range in the frame. */
export function encodeFrame({ step, train, evaluate, plane }: Frame): Uint8Array {
  const coded = [train, evaluate].flatMap((points) => [0, 1].map((axis) => quantise(points, axis)));
  const floats = coded.flatMap(({ least, unit }) => [least, unit]);
  if (plane) floats.push(...plane.origin, ...plane.axes);
  const parts = [
    Uint32Array.of(step),
    Float32Array.from(floats),
    ...coded.map(({ codes }) => codes),
  ];
  return Buffer.concat(parts.map(({ buffer }) => new Uint8Array(buffer)));
}

/** The frame that `encodeFrame` wrote, but for rounding. */
export function decodeFrame(bytes: Uint8Array, { features, places }: FrameHeader): Frame {
  const { buffer } = new Uint8Array(bytes);
  const floats = new Float32Array(buffer, 4, scales + planeFloats(features));
  const count = places.length;
  const codes = new Uint16Array(buffer, 4 * (1 + floats.length), 4 * count);
  const pointsOf = (mode: number): Float32Array => {
    const points = new Float32Array(2 * count);
    for (const axis of [0, 1]) {
      const place = 2 * mode + axis;
      const [least, unit] = floats.subarray(2 * place);
      for (let i = 0; i < count; i++) {
        const code = codes[place * count + i];
        points[2 * i + axis] = code === notFinite ? Number.NaN : least + unit * code;
      }
    }
    return points;
  };
  const [step] = new Uint32Array(buffer, 0, 1);
  const plane = features > 2 ? planeIn(floats.slice(scales), features) : null;
  return { step, train: pointsOf(0), evaluate: pointsOf(1), plane };
}

function planeIn(floats: Float32Array, features: number): Plane {
  return { origin: floats.subarray(0, features), axes: floats.subarray(features) };
}

function quantise(points: Float32Array, axis: number) {
  const values = points.filter((_, i) => i % 2 === axis);
  const finite = values.filter(Number.isFinite);
  const least = finite.reduce((least, value) => Math.min(least, value), finite[0] ?? 0);
  const most = finite.reduce((most, value) => Math.max(most, value), least);
  const unit = (most - least) / (notFinite - 1) || 1;
  const codeOf = (value: number): number =>
    Number.isFinite(value) ? Math.round((value - least) / unit) : notFinite;
  return { least, unit, codes: Uint16Array.from(values, codeOf) };
}
