/** Levels, or places in a dictionary: no larger than they need be, since a page has a million. */
export type Runs = Uint8Array | Uint32Array;

/** Whether levels, of a byte each at most, are one run of a value, as they are where nothing is missing. */
export function isOneRun(levels: Uint8Array, value: number, count: number): boolean {
  const last = levels.findIndex((byte) => byte < 128);
  const head = levels.subarray(0, last + 1).reduceRight((sum, byte) => 128 * sum + (byte & 127), 0);
  return head % 2 === 0 && head / 2 >= count && levels[last + 1] === value;
}

/**
 * Reads Parquet's mixture of runs and packed bits: levels and the places of values in a dictionary.
 * A run that claims to be longer than what is wanted is cut there, whatever its header says.
 *
 * @param width bits of a value, at most 24
 * @param count how many values are wanted
 * @throws RangeError where the bytes end before that many
 */
export function readRuns(bytes: Uint8Array, width: number, count: number): Runs {
  const values = width <= 8 ? new Uint8Array(count) : new Uint32Array(count);
  if (width === 0) return values;
  if (width > 24) throw new RangeError(`values of ${width} bits`);
  let at = 0;
  let filled = 0;
  while (filled < count) {
    const head = readHead();
    const length = Math.floor(head / 2);
    if (head % 2 === 0) run(length);
    else packed(8 * length);
  }
  return values;

  function run(length: number): void {
    let value = 0;
    for (let i = 0; i < Math.ceil(width / 8); i++) value += next() * 2 ** (8 * i);
    if (length === 0) throw new RangeError('a run of nothing');
    const end = Math.min(count, filled + length);
    values.fill(value, filled, end);
    filled = end;
  }

  /** Bits are taken from a window of up to 32, which bytes are put into from above. */
  function packed(length: number): void {
    const end = Math.min(count, filled + length);
    const size = Math.ceil(((end - filled) * width) / 8);
    if (length === 0 || at + size > bytes.length) throw new RangeError('the bytes end');
    if (width === 8) values.set(bytes.subarray(at, at + size), filled);
    else unpack(at, end);
    filled = end;
    at += (length / 8) * width;
  }

  function unpack(start: number, end: number): void {
    const mask = 2 ** width - 1;
    let place = start;
    let window = 0;
    let held = 0;
    for (let to = filled; to < end; to++) {
      for (; held < width; held += 8) window |= bytes[place++] << held;
      values[to] = window & mask;
      window >>>= width;
      held -= width;
    }
  }

  function readHead(): number {
    let head = 0;
    for (let scale = 1; scale < 2 ** 35; scale *= 128) {
      const byte = next();
      head += (byte & 127) * scale;
      if (byte < 128) return head;
    }
    throw new RangeError('a length without an end');
  }

  function next(): number {
    if (at >= bytes.length) throw new RangeError('the bytes end');
    return bytes[at++];
  }
}
