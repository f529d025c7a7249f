import { copyOf, plainBytes } from '../bytes.ts';
import { arrayText, elementsOf, isNumeric, type StoredArray, wrongLength } from './arrays.ts';
import { type NumberType, numberTypes } from './elements.ts';
import { axesOf, type Layout } from './layout.ts';
import { type Axis, placesOf, walkOf } from './pixelWalk.ts';
import { refusal } from './refusal.ts';

/** Pictures of one form, one byte a value. */
export interface Pixels {
  count: number;
  channels: number;
  height: number;
  width: number;
  /** [count][channels][height][width], 0…255 */
  images: Uint8Array;
}

/** The values that become black and white. */
export interface ValueRange {
  low: number;
  high: number;
}

/** How the numbers of an array are to be understood as pictures. */
export interface PixelOptions extends Layout {
  /** the values that become 0 and 255; by the kind of number where it is left out */
  range?: ValueRange;
}

/** Larger pictures are not turned where they lie. */
const largestTurned = 2 ** 20;

/**
 * Turns an array into pictures while its bytes go by: nothing is held but the pictures and the
 * piece in hand. Values are never clipped: `low` becomes 0, `high` 255, what is between the nearest
 * of 256 steps.
 *
 * @throws RequestError naming file and array where its axes cannot be told apart, a value lies
 *   outside of the range, or the bytes are too many or too few
 */
export async function readPixels(
  array: StoredArray,
  options: PixelOptions,
  subject: string,
): Promise<Pixels> {
  const sink = new PixelSink(array, options, subject);
  for await (const piece of array.pieces()) sink.write(piece);
  return sink.finish();
}

class PixelSink {
  private readonly array: StoredArray;
  private readonly options: PixelOptions;
  private readonly subject: string;
  private readonly pixels: Pixels;
  private readonly axes: Axis[];
  private readonly range: ValueRange;
  private readonly table: Int16Array | null;
  private readonly element: NumberType;
  /** the pictures' values are bytes that are taken as they are */
  private readonly plain: boolean;
  /** they lie in the file as they are wanted, too */
  private readonly alike: boolean;
  private readonly place: number[];
  private greatest = 0;
  private at = 0;
  private filled = 0;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(array: StoredArray, options: PixelOptions, subject: string) {
    this.array = array;
    this.options = options;
    this.subject = subject;
    if (!isNumeric(array.element)) throw this.refuse('is text, not pixels');
    const { shape, axes } = axesOf(array, options, subject);
    elementsOf(shape, subject);
    this.element = array.element;
    this.pixels = pixelsOf(shape, axes);
    this.axes = walkOf(shape, axes, this.pixels, array.fortran);
    this.plain = this.element === numberTypes.uint8 && !options.range;
    this.alike = this.plain && this.axes.length === 1 && this.axes[0].stride === 1;
    this.place = this.axes.map(() => 0);
    this.range = options.range ?? this.element.scale;
    this.table = this.element.bytes === 1 ? this.byteTable() : null;
  }

  write(piece: Uint8Array): void {
    const size = this.element.bytes;
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, piece]) : piece;
    const whole = Math.floor(bytes.length / size);
    this.filled += whole;
    if (this.filled > this.pixels.images.length) throw this.wrongLength(this.filled * size);
    if (this.alike) this.copy(bytes);
    else if (!this.turned(bytes)) this.scatter(bytes, whole);
    this.rest = copyOf(bytes, whole * size);
  }

  finish(): Pixels {
    const { images } = this.pixels;
    if (this.filled !== images.length || this.rest.length > 0) {
      throw this.wrongLength(this.filled * this.element.bytes + this.rest.length);
    }
    this.refuseDarkness();
    return this.pixels;
  }

  /** Bytes that are all there are, and in memory, are the pictures themselves. */
  private copy(bytes: Uint8Array): void {
    if (bytes.length === this.pixels.images.length) {
      this.pixels.images = plainBytes(bytes);
      return;
    }
    this.pixels.images.set(bytes, this.at);
    this.at += bytes.length;
  }

  /**
   * Bytes that are all there are, and in memory, become the pictures where they lie, one after the other.
   *
   * @returns whether that could be done
   */
  private turned(bytes: Uint8Array): boolean {
    const axes = this.axes.slice(0, -1);
    const size = axes.reduce((product, axis) => product * axis.size, 1);
    const isRow = this.axes.at(-1)!.stride === size && size <= largestTurned;
    if (!this.plain || !isRow || bytes.length !== this.pixels.images.length) return false;
    const places = placesOf(axes);
    const picture = new Uint8Array(size);
    for (let start = 0; start < bytes.length; start += size) {
      for (let at = 0; at < size; at++) picture[places[at]] = bytes[start + at];
      bytes.set(picture, start);
    }
    this.pixels.images = plainBytes(bytes);
    return true;
  }

  /** Puts every element where the pictures have it, run by run of the fastest axis. */
  private scatter(bytes: Uint8Array, count: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [{ size: run, stride }] = this.axes;
    let index = 0;
    while (index < count) {
      const end = Math.min(count, index + run - this.place[0]);
      this.place[0] += end - index;
      if (this.table) this.scatterBytes(bytes, index, end);
      else this.scatterNumbers(view, index, end);
      this.at += (end - index) * stride;
      index = end;
      if (this.place[0] === run) this.turn();
    }
  }

  private scatterBytes(bytes: Uint8Array, start: number, end: number): void {
    const { images } = this.pixels;
    const { stride } = this.axes[0];
    const table = this.table!;
    for (let index = start, at = this.at; index < end; index++, at += stride) {
      const value = table[bytes[index]];
      if (value < 0) throw this.outside(this.valueOf(bytes[index]));
      images[at] = value;
    }
  }

  private scatterNumbers(view: DataView, start: number, end: number): void {
    const { images } = this.pixels;
    const { bytes: size } = this.element;
    const { stride } = this.axes[0];
    for (let index = start, at = this.at; index < end; index++, at += stride) {
      images[at] = this.toByte(this.element.read(view, index * size, this.array.little));
    }
  }

  /** Goes on to the next run of the fastest axis. */
  private turn(): void {
    for (let axis = 0; axis < this.axes.length; axis++) {
      if (axis > 0) {
        this.at += this.axes[axis].stride;
        this.place[axis]++;
      }
      if (this.place[axis] < this.axes[axis].size) return;
      this.at -= this.axes[axis].stride * this.axes[axis].size;
      this.place[axis] = 0;
    }
  }

  private toByte(value: number): number {
    const { low, high } = this.range;
    if (!(value >= low && value <= high)) throw this.outside(value);
    if (value > this.greatest) this.greatest = value;
    return Math.round(((value - low) / (high - low)) * 255);
  }

  private outside(value: number) {
    const { low, high } = this.range;
    return this.refuse(`holds ${value}, but its pixels are ${low} … ${high}`);
  }

  /** What each byte becomes where elements are bytes; -1 where it lies outside of the range. */
  private byteTable(): Int16Array {
    const { low, high } = this.range;
    return Int16Array.from({ length: 256 }, (_, byte) => {
      const value = this.valueOf(byte);
      return value >= low && value <= high ? this.toByte(value) : -1;
    });
  }

  private valueOf(byte: number): number {
    return this.element.read(new DataView(Uint8Array.of(byte).buffer), 0, true);
  }

  /**
   * Sixteen bits that use only eight, and fractions or masks where white is 255, are nearly black by their scale, and
   * may be meant so or not.
   */
  private refuseDarkness(): void {
    const { name, bytes, scale } = this.element;
    if (this.options.range || bytes === 1) return;
    if (name === 'uint16' && this.greatest <= 255) {
      throw this.refuse(`has no value above ${this.greatest}, and 16 bits hold up to 65535`);
    }
    if (scale.high === 255 && this.greatest > 0 && this.greatest <= 1) {
      const what = `has no value above ${this.greatest}, but white is 255`;
      throw this.refuse(what, '0:1, or 0:255 where they are meant so');
    }
  }

  private refuse(what: string, range = '0:255') {
    const remedy = `say which values are black and white with the image range, such as ${range}`;
    return refusal(this.subject, `${arrayText(this.array)} ${what}`, remedy);
  }

  private wrongLength(found: number) {
    const size = this.pixels.images.length * this.element.bytes;
    return wrongLength(this.array, found, size, this.subject);
  }
}

function pixelsOf(shape: readonly number[], axes: string): Pixels {
  const sizeOf = (axis: string) => (axes.includes(axis) ? shape[axes.indexOf(axis)] : 1);
  const [count, channels, height, width] = [...'nchw'].map(sizeOf);
  const images = new Uint8Array(count * channels * height * width);
  return { count, channels, height, width, images };
}
