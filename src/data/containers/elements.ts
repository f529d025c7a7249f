import { textIfUtf8 } from './utf8.ts';

/** A kind of number as files store it. */
export interface NumberType {
  name: string;
  /** bytes of one */
  bytes: number;
  /** the least and greatest that a pixel of this kind may be where no range is asked for */
  scale: { low: number; high: number };
  read(view: DataView, at: number, little: boolean): number;
}

/** Text of a fixed size: so many bytes a letter, padded with zeros. */
export interface TextType {
  name: string;
  bytes: number;
  /** one text from its bytes, null where they are none */
  decode(bytes: Uint8Array, little: boolean): string | null;
}

/** Whether typed arrays of this machine have the low byte first. */
export const nativeLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const byte = { low: 0, high: 255 };
const unit = { low: 0, high: 1 };

/**
 * The numbers that pictures and labels come in. Pixels are scaled by the full scale where one is
 * meant: 8 and 16 bits without sign by what they hold, floats by 1; wider integers are how libraries
 * keep 0 … 255.
 */
export const numberTypes = {
  bool: { name: 'bool', bytes: 1, scale: unit, read: (view, at) => (view.getUint8(at) ? 1 : 0) },
  uint8: { name: 'uint8', bytes: 1, scale: byte, read: (view, at) => view.getUint8(at) },
  int8: { name: 'int8', bytes: 1, scale: byte, read: (view, at) => view.getInt8(at) },
  uint16: {
    name: 'uint16',
    bytes: 2,
    scale: { low: 0, high: 65_535 },
    read: (view, at, little) => view.getUint16(at, little),
  },
  int16: { name: 'int16', bytes: 2, scale: byte, read: (view, at, l) => view.getInt16(at, l) },
  uint32: { name: 'uint32', bytes: 4, scale: byte, read: (view, at, l) => view.getUint32(at, l) },
  int32: { name: 'int32', bytes: 4, scale: byte, read: (view, at, l) => view.getInt32(at, l) },
  uint64: {
    name: 'uint64',
    bytes: 8,
    scale: byte,
    read: (view, at, little) =>
      wide(view, at, little, view.getUint32(at + (little ? 4 : 0), little)),
  },
  int64: {
    name: 'int64',
    bytes: 8,
    scale: byte,
    read: (view, at, little) =>
      wide(view, at, little, view.getInt32(at + (little ? 4 : 0), little)),
  },
  float16: { name: 'float16', bytes: 2, scale: unit, read: readHalf },
  float32: {
    name: 'float32',
    bytes: 4,
    scale: unit,
    read: (view, at, l) => view.getFloat32(at, l),
  },
  float64: {
    name: 'float64',
    bytes: 8,
    scale: unit,
    read: (view, at, l) => view.getFloat64(at, l),
  },
} satisfies Record<string, NumberType>;

/** A number written in decimals, as in a table of text: pixels are 0 … 255. */
export const decimal: NumberType = { ...numberTypes.float64, name: 'decimal', scale: byte };

/** A number of 64 bits whose upper half is read: what `BigInt` would leave behind is garbage. */
const wide = (view: DataView, at: number, little: boolean, high: number): number =>
  high * 2 ** 32 + view.getUint32(at + (little ? 0 : 4), little);

/** IEEE's half precision: a sign, 5 bits of exponent, 10 of fraction. */
function readHalf(view: DataView, at: number, little: boolean): number {
  const bits = view.getUint16(at, little);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Text of so many letters of 4 bytes each, as numpy's `<U4`. */
export const wideText = (letters: number): TextType => ({
  name: `text of ${letters}`,
  bytes: 4 * letters,
  decode(bytes, little) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const codes = Array.from({ length: letters }, (_, i) => view.getUint32(4 * i, little));
    return withoutPadding(codes.map((code) => (code < 0x110000 ? code : 0xfffd)));
  },
});

/** Text of so many bytes, as numpy's `|S4`, in UTF-8. */
export const byteText = (letters: number): TextType => ({
  name: `bytes of ${letters}`,
  bytes: letters,
  decode: (bytes) => textIfUtf8(bytes)?.replace(/\0+$/, '') ?? null,
});

function withoutPadding(codes: number[]): string {
  const end = codes.findLastIndex((code) => code !== 0) + 1;
  return codes
    .slice(0, end)
    .map((code) => String.fromCodePoint(code))
    .join('');
}
