/**
 * Reads Parquet's mixture of runs and packed bits: levels and the places of values in a dictionary.
 * A run that claims to be longer than what is wanted is cut there, whatever its header says.
 *
 * @param width bits of a value, at most 32
 * @param count how many values are wanted
 * @throws RangeError where the bytes end before that many
 */
export function readRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  const values = new Uint32Array(count);
  if (width === 0) return values;
  if (width > 32) throw new RangeError(`values of ${width} bits`);
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

  function packed(length: number): void {
    if (length === 0) throw new RangeError('a pack of nothing');
    const end = Math.min(count, filled + length);
    const start = at;
    let bit = 0;
    for (; filled < end; filled++, bit += width) values[filled] = bitsAt(start, bit);
    at = start + (length / 8) * width;
  }

  /** The bits of a value, the lowest first; they may lie in five bytes. */
  function bitsAt(start: number, bit: number): number {
    let value = 0;
    let got = 0;
    let place = start + (bit >> 3);
    let skip = bit & 7;
    while (got < width) {
      if (place >= bytes.length) throw new RangeError('the bytes end');
      const take = Math.min(8 - skip, width - got);
      value += ((bytes[place] >> skip) & (2 ** take - 1)) * 2 ** got;
      got += take;
      skip = 0;
      place++;
    }
    return value;
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
