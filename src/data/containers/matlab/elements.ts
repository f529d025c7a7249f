import { inflateSync } from 'node:zlib';
import { deflateRatio } from '../../unpack.ts';
import { refusal } from '../refusal.ts';

/** A piece of a .mat file of version 5: its kind, and its bytes without the tag. */
export interface Element {
  kind: number;
  bytes: Uint8Array;
  /** where its bytes begin, for errors */
  at: number;
}

/** The kinds that hold other elements. */
export const matrixKind = 14;
const compressedKind = 15;

/** Nothing in a .mat file may unpack to more. */
const largest = 2 ** 32 - 1;

/**
 * The elements that bytes are made of, unpacked where they are packed.
 *
 * @param little whether numbers have the low byte first
 * @throws RequestError naming the byte where an element goes beyond the end or does not unpack
 */
export function* elementsIn(
  bytes: Uint8Array,
  little: boolean,
  subject: string,
  start = 0,
): Generator<Element> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  while (at + 8 <= bytes.length) {
    const element = elementAt(view, bytes, at, little, subject);
    at = element.next;
    yield element.kind === compressedKind ? unpacked(element, little, subject) : element;
  }
}

function elementAt(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  little: boolean,
  subject: string,
) {
  const tag = view.getUint32(at, little);
  const small = tag >>> 16;
  const kind = small > 0 ? tag & 0xffff : tag;
  const size = small > 0 ? small : view.getUint32(at + 4, little);
  const begin = small > 0 ? at + 4 : at + 8;
  if (begin + size > bytes.length || (small > 4 && begin + small > at + 8)) {
    throw refusal(
      `${subject}, byte ${at}`,
      `an element of ${size} bytes goes beyond the end`,
      again,
    );
  }
  const padding = kind === compressedKind ? 0 : -(begin + size - at) & 7;
  return {
    kind,
    bytes: bytes.subarray(begin, begin + size),
    at: begin,
    next: begin + size + padding,
  };
}

/** The one element that packed bytes hold. */
function unpacked({ bytes, at }: Element, little: boolean, subject: string): Element {
  const where = `${subject}, unpacked from byte ${at}`;
  const [element] = elementsIn(inflate(bytes, where), little, where);
  if (element && element.kind !== compressedKind) return element;
  throw refusal(where, 'there is no element', again);
}

function inflate(bytes: Uint8Array, subject: string): Uint8Array {
  try {
    const maxOutputLength = Math.min(largest, (bytes.length + 1) * deflateRatio);
    return inflateSync(bytes, { maxOutputLength });
  } catch (error) {
    throw refusal(subject, `it does not unpack (${(error as Error).message})`, again);
  }
}

const again = 'save or fetch the file again';
