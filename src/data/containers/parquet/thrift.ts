/** A struct of Thrift's compact protocol: whole numbers, booleans and structs by their field numbers. */
export type ThriftStruct = { [field: number]: number | boolean | ThriftStruct };

/** The kinds of values, as the compact protocol numbers them. */
const kinds = { true: 1, false: 2, i8: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8 };
const [list, set, struct] = [9, 10, 12];

/** Nesting and lists beyond these stand in no page header. */
const deepest = 8;
const longestList = 1000;

/**
 * Reads a struct; bytes and lists in it are passed over.
 *
 * @returns the struct, and the bytes that it takes
 * @throws RangeError where the bytes end before it does, or for what no page header holds
 */
export function readStruct(bytes: Uint8Array): { value: ThriftStruct; length: number } {
  let at = 0;
  const value = readFields(0);
  return { value, length: at };

  function readFields(depth: number): ThriftStruct {
    if (depth > deepest) throw new RangeError('structs are nested too deeply');
    const fields: ThriftStruct = {};
    let field = 0;
    for (let head = next(); head !== 0; head = next()) {
      field = head >> 4 ? field + (head >> 4) : readInteger();
      const read = readValue(head & 15, depth);
      if (read !== undefined) fields[field] = read;
    }
    return fields;
  }

  function readValue(kind: number, depth: number) {
    if (kind === kinds.true || kind === kinds.false) return kind === kinds.true;
    if (kind === kinds.i8) return (next() << 24) >> 24;
    if (kind >= kinds.i16 && kind <= kinds.i64) return readInteger();
    if (kind === struct) return readFields(depth + 1);
    passOver(kind, depth);
    return undefined;
  }

  function passOver(kind: number, depth: number): void {
    if (kind === list || kind === set) {
      passOverList(depth);
      return;
    }
    if (kind !== kinds.double && kind !== kinds.binary) {
      throw new RangeError(`a value of kind ${kind}`);
    }
    const size = kind === kinds.double ? 8 : readVarint();
    at += size;
    if (at > bytes.length) throw new RangeError('the bytes end');
  }

  function passOverList(depth: number): void {
    const head = next();
    const count = head >> 4 === 15 ? readVarint() : head >> 4;
    if (count > longestList) throw new RangeError(`a list of ${count}`);
    const kind = head & 15;
    for (let i = 0; i < count; i++) {
      if (kind === kinds.true || kind === kinds.false) next();
      else readValue(kind, depth);
    }
  }

  function next(): number {
    if (at >= bytes.length) throw new RangeError('the bytes end');
    return bytes[at++];
  }

  /** Seven bits a byte, the lowest first. */
  function readVarint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 53; scale *= 128) {
      const byte = next();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('a number without an end');
  }

  /** Signs alternate: 0, −1, 1, −2, … */
  function readInteger(): number {
    const value = readVarint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** Writes a struct of 32-bit integers, booleans and structs, its fields in ascending order. */
export function writeStruct(value: ThriftStruct): number[] {
  let last = 0;
  const fields = Object.entries(value).flatMap(([name, content]) => {
    const step = Number(name) - last;
    last = Number(name);
    const [kind, bytes] = written(content);
    return [(step << 4) | kind, ...bytes];
  });
  return [...fields, 0];
}

function written(content: number | boolean | ThriftStruct): [number, number[]] {
  if (typeof content === 'boolean') return [content ? kinds.true : kinds.false, []];
  return typeof content === 'number'
    ? [kinds.i32, varint(2 * content)]
    : [struct, writeStruct(content)];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
