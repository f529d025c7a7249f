import { RequestError } from '../errors.ts';

/** Grey images of an idx file. */
export interface IdxImages {
  count: number;
  height: number;
  width: number;
  /** [count][height][width], a view into the file's bytes */
  pixels: Uint8Array;
}

const ubyte = 0x08;

/**
 * Reads an idx file of images: magic 0, 0, 8 (unsigned bytes), 3 (dimensions); then count, height
 * and width as big-endian 32-bit integers; then the pixels. Nothing is copied or allocated for
 * what a header merely claims.
 * @param bytes the whole file, unpacked
 * @param file its name, for errors
 * @throws RequestError naming the file and the byte where it stops being such a file
 */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const [count, height, width] = readHeader(bytes, file, ['count', 'height', 'width']);
  return { count, height, width, pixels: bytes.subarray(16) };
}

/**
 * Reads an idx file of labels (magic 0, 0, 8, 1; the count; one byte a label) into [count] labels.
 * @throws RequestError as above, and for a label that is not below `classes`
 */
export function parseIdxLabels(bytes: Uint8Array, file: string, classes: number): Uint16Array {
  readHeader(bytes, file, ['count']);
  const wrong = bytes.findIndex((label, at) => at >= 8 && label >= classes);
  if (wrong >= 0) throw bad(file, wrong, `label ${bytes[wrong]}`, `labels are 0…${classes - 1}`);
  return new Uint16Array(bytes.subarray(8));
}

/** Checks magic, dimensions and length, and returns the dimensions. */
function readHeader(bytes: Uint8Array, file: string, names: string[]): number[] {
  checkMagic(bytes, file, names.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = names.map((_, axis) => view.getUint32(4 + 4 * axis));
  const empty = dimensions.indexOf(0);
  if (empty >= 0) throw bad(file, 4 + 4 * empty, `${names[empty]} 0`, 'there must be at least one');
  checkLength(bytes, file, dimensions);
  return dimensions;
}

function checkMagic(bytes: Uint8Array, file: string, rank: number): void {
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw bad(file, bytes.length, 'the file ends', `its header takes ${header} bytes`);
  }
  const zero = bytes[0] !== 0 ? 0 : 1;
  if (bytes[zero] !== 0) throw bad(file, zero, `value ${bytes[zero]}`, 'an idx file begins 0, 0');
  if (bytes[2] !== ubyte) {
    throw bad(file, 2, `element type ${bytes[2]}`, 'it must be 8, unsigned bytes');
  }
  if (bytes[3] !== rank) throw bad(file, 3, `${bytes[3]} dimensions`, rankRule(rank, bytes[3]));
}

function rankRule(rank: number, found: number): string {
  const rule = rank === 1 ? 'labels have 1' : 'images have 3';
  return found === 4 - rank ? `${rule}; the image and label files look swapped` : rule;
}

function checkLength(bytes: Uint8Array, file: string, dimensions: number[]): void {
  const header = 4 + 4 * dimensions.length;
  const expected = header + dimensions.reduce((product, size) => product * size, 1);
  if (bytes.length === expected) return;
  const shape = dimensions.join('×');
  const [at, what] =
    bytes.length < expected ? [bytes.length, 'the file ends'] : [expected, 'the file goes on'];
  throw bad(file, at, what, `the header's ${shape} values end at byte ${expected}`);
}

function bad(file: string, offset: number, what: string, rule: string): RequestError {
  return new RequestError(
    `${file}, byte ${offset}: ${what}, but ${rule}; fetch the file again or name the right one`,
  );
}
