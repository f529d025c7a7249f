import { copyOf } from '../bytes.ts';
import { elementsOf, type StoredArray } from './arrays.ts';
import { byteText, type NumberType, numberTypes, type TextType, wideText } from './elements.ts';
import { type Literal, readLiteral } from './npyHeader.ts';
import { refusal } from './refusal.ts';

/** What the header of a .npy file says. */
export interface NpyHeader {
  /** bytes before the data */
  length: number;
  /** bytes that the data take */
  size: number;
  /** the array, or one for each field where the elements are records; without their bytes */
  arrays: NpyField[];
}

/** A field of a .npy array, at its place in each record. */
export interface NpyField extends Omit<StoredArray, 'pieces'> {
  offset: number;
  /** bytes of one in a record, and of the record */
  bytes: number;
  record: number;
}

/** A kind of element as a header spells it. */
interface Descr {
  element: NumberType | TextType;
  little: boolean;
}

/** A header takes more than this only in a hostile file. */
const longestHeader = 65_536;

const numbers: Record<string, NumberType> = {
  b1: numberTypes.bool,
  u1: numberTypes.uint8,
  i1: numberTypes.int8,
  u2: numberTypes.uint16,
  i2: numberTypes.int16,
  u4: numberTypes.uint32,
  i4: numberTypes.int32,
  u8: numberTypes.uint64,
  i8: numberTypes.int64,
  f2: numberTypes.float16,
  f4: numberTypes.float32,
  f8: numberTypes.float64,
};

/** Bytes from a file's start that surely hold what `headerLength` reads. */
export const headerStart = 12;

/** The whole length of a header. @throws RequestError for what is no .npy file, or of a version yet unknown */
export function headerLength(start: Uint8Array, subject: string): number {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (start.length < headerStart || magic.some((byte, i) => start[i] !== byte)) {
    throw refusal(subject, 'does not begin as a .npy file does', 'write the array with numpy.save');
  }
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const version = start[6];
  if (version < 1 || version > 3) {
    throw refusal(subject, `is of .npy version ${version}, known are 1, 2 and 3`, 'save it again');
  }
  const length = version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  if (length <= longestHeader) return length;
  throw refusal(
    subject,
    `claims a header of ${length} bytes, the limit is ${longestHeader}`,
    'save it again',
  );
}

/**
 * Reads a header: versions 1, 2 and 3, any byte order, numbers, text, and records of them.
 *
 * @param bytes at least the header
 * @param name what to call an array that has no fields
 * @throws RequestError naming what cannot be read: Python objects, which are never unpickled, kinds
 *   that numpy has no name for, and damaged headers
 */
export function readNpyHeader(bytes: Uint8Array, name: string, subject: string): NpyHeader {
  const length = headerLength(bytes.subarray(0, headerStart), subject);
  if (bytes.length < length) throw refusal(subject, 'the header stops short', 'save it again');
  const version = bytes[6];
  const text = bytes.subarray(version === 1 ? 10 : 12, length);
  const header = readLiteral(
    new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(text),
    subject,
  );
  const { descr, fortran_order: fortran, shape } = header as { [key: string]: Literal };
  if (!isShape(shape) || typeof fortran !== 'boolean') {
    throw refusal(subject, 'the header states no shape and order', 'save it again');
  }
  const fields = fieldsOf(descr, name, subject);
  const record = fields.reduce((sum, field) => sum + field.bytes, 0);
  const size = elementsOf(shape, subject) * record;
  const arrays = fields.map(({ inner, ...field }) => {
    const whole = [...shape, ...inner];
    if (inner.length > 0 && fortran && shape.length > 1) throw mixedOrder(field.name, subject);
    return { ...field, shape: whole, fortran: fortran && shape.length > 1, record };
  });
  return { length, size, arrays };
}

const isShape = (shape: Literal): shape is number[] =>
  Array.isArray(shape) && shape.length <= 8 && shape.every((s) => typeof s === 'number' && s >= 0);

/** The fields of a record one behind the other, or the array itself as a single one. */
function fieldsOf(descr: Literal, name: string, subject: string) {
  const given = Array.isArray(descr) ? descr : [[name, descr]];
  let offset = 0;
  return given.map((field) => {
    const [own, kind, inner = []] = Array.isArray(field) ? field : [];
    const title = Array.isArray(own) ? own[1] : own;
    if (typeof title !== 'string' || !isShape(inner)) {
      throw refusal(subject, 'the header states fields in no known way', 'save plain arrays');
    }
    const { element, little } = descrOf(kind, title, subject);
    const bytes = elementsOf(inner, subject) * element.bytes;
    const read = { name: title, element, little, inner, offset, bytes };
    offset += bytes;
    return read;
  });
}

function descrOf(descr: Literal, name: string, subject: string): Descr {
  const [, order, kind] = /^([<>|=]?)(.+)$/.exec(typeof descr === 'string' ? descr : '') ?? [];
  const little = order !== '>';
  if (kind && Object.hasOwn(numbers, kind)) return { element: numbers[kind], little };
  const [, letter, letters] = /^([US])(\d{1,4})$/.exec(kind ?? '') ?? [];
  if (letter) {
    const count = Number(letters);
    return { element: letter === 'U' ? wideText(count) : byteText(count), little };
  }
  throw unreadable(descr, kind ?? '', name, subject);
}

function unreadable(descr: Literal, kind: string, name: string, subject: string) {
  const shown = typeof descr === 'string' ? descr : 'a nested record';
  if (kind.startsWith('O') || kind.startsWith('T')) {
    return refusal(
      subject,
      `${name} holds pickled Python objects (${shown}), which are never unpickled, since that runs code`,
      `save it as numbers or plain text, such as ${name}.astype(str)`,
    );
  }
  const why = kind.startsWith('V')
    ? 'bytes without a meaning, as bfloat16 becomes when saved'
    : 'of a kind that is not read';
  return refusal(
    subject,
    `${name} is ${why} (${shown})`,
    `save it as ${name}.astype("float32") or uint8`,
  );
}

function mixedOrder(name: string, subject: string) {
  return refusal(
    subject,
    `${name} is a field of records in Fortran order`,
    'save it with numpy.ascontiguousarray',
  );
}

/** The bytes of a field, picked out of the records as they go by in pieces of any size. */
export async function* fieldPieces(
  { offset, bytes, record }: NpyField,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (bytes === record) {
    yield* pieces;
    return;
  }
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const all = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const whole = Math.floor(all.length / record);
    const picked = new Uint8Array(whole * bytes);
    for (let i = 0; i < whole; i++) {
      picked.set(all.subarray(i * record + offset, i * record + offset + bytes), i * bytes);
    }
    yield picked;
    rest = copyOf(all, whole * record);
  }
  if (rest.length > 0) yield rest.subarray(0, bytes);
}
