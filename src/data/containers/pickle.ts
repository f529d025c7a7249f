import { refusal } from './refusal.ts';

/** A value of a pickle that holds nothing but data. */
export type Pickled =
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledArray
  | Marker;

/** A numpy array in a pickle. */
export class PickledArray {
  shape: number[] = [];
  dtype = '';
  fortran = false;
  bytes: Uint8Array = new Uint8Array(0);
}

/** What stands for the few functions that are known, and for numpy's kinds of elements. */
class Marker {
  readonly name: string;
  readonly argument: Pickled;

  constructor(name: string, argument: Pickled = null) {
    this.name = name;
    this.argument = argument;
  }
}

/**
 * The only functions that a pickle may name: those that make a numpy array, and how protocol 2
 * keeps bytes. None is ever called; what they would make is.
 */
const known = [
  'numpy.core.multiarray _reconstruct',
  'numpy._core.multiarray _reconstruct',
  'numpy ndarray',
  'numpy dtype',
  '_codecs encode',
];

/** Deeper memories and longer stacks stand in no data file. */
const mostValues = 2 ** 22;

/**
 * Reads a pickle of dicts, lists, texts, numbers and numpy arrays, protocols 0 to 4: what the Python
 * version of CIFAR's batches is made of. It is no unpickler: whatever would run code is refused by name.
 *
 * @param bytes the whole file
 * @throws RequestError naming the byte and what is refused there
 */
export function readPickle(bytes: Uint8Array, subject: string): Pickled {
  const stack: Pickled[] = [];
  const marks: number[] = [];
  const memo = new Map<number, Pickled>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const opcodes: { [code: string]: () => void } = {
    '\x80': () => void take(1),
    '\x95': () => void take(8),
    '(': () => void marks.push(stack.length),
    '}': () => push(new Map()),
    ']': () => push([]),
    ')': () => push([]),
    N: () => push(null),
    '\x88': () => push(true),
    '\x89': () => push(false),
    K: () => push(take(1)[0]),
    M: () => push(number(2, (place) => view.getUint16(place, true))),
    J: () => push(number(4, (place) => view.getInt32(place, true))),
    I: () => push(integer(line())),
    L: () => push(integer(line().replace(/L$/, ''))),
    '\x8a': () => push(long(take(take(1)[0]))),
    F: () => push(Number(line())),
    G: () => push(number(8, (place) => view.getFloat64(place))),
    U: () => push(latin(take(take(1)[0]))),
    T: () => push(latin(take(size(4)))),
    S: () => push(quoted(line())),
    V: () => push(line()),
    C: () => push(take(take(1)[0])),
    B: () => push(take(size(4))),
    '\x8e': () => push(take(size(8))),
    X: () => push(utf8(take(size(4)))),
    '\x8c': () => push(utf8(take(take(1)[0]))),
    '\x8d': () => push(utf8(take(size(8)))),
    q: () => remember(take(1)[0]),
    r: () => remember(size(4)),
    p: () => remember(integer(line())),
    '\x94': () => remember(memo.size),
    h: () => recall(take(1)[0]),
    j: () => recall(size(4)),
    g: () => recall(integer(line())),
    t: () => push(sinceMark()),
    l: () => push(sinceMark()),
    d: () => push(new Map(pairs(sinceMark()))),
    '\x85': () => push(popped(1)),
    '\x86': () => push(popped(2)),
    '\x87': () => push(popped(3)),
    a: () => append(popped(1)),
    e: () => append(sinceMark()),
    s: () => fill(popped(2)),
    u: () => fill(sinceMark()),
    '0': () => void pop(),
    '2': () => push(stack.at(-1) ?? null),
    c: () => push(named(`${line()} ${line()}`)),
    '\x93': () => push(named(popped(2).join(' '))),
    R: () => push(made(...(popped(2) as [Pickled, Pickled]))),
    b: () => build(...(popped(2) as [Pickled, Pickled])),
  };

  for (;;) {
    const code = String.fromCharCode(take(1)[0]);
    if (code === '.') return pop();
    if (!Object.hasOwn(opcodes, code)) throw bad(`holds the opcode ${JSON.stringify(code)}`);
    opcodes[code]();
  }

  function take(length: number): Uint8Array {
    if (!(length >= 0 && at + length <= bytes.length)) throw bad('ends within a value');
    at += length;
    return bytes.subarray(at - length, at);
  }

  function number(length: number, read: (place: number) => number): number {
    const place = at;
    take(length);
    return read(place);
  }

  function size(length: 4 | 8): number {
    const low = number(4, (place) => view.getUint32(place, true));
    return length === 4 ? low : low + 2 ** 32 * number(4, (place) => view.getUint32(place, true));
  }

  function line(): string {
    const end = bytes.indexOf(10, at);
    if (end < 0 || end - at > 1000) throw bad('has a line without an end');
    const text = utf8(take(end - at));
    at++;
    return text;
  }

  function integer(text: string): number {
    if (/^-?\d{1,15}$/.test(text)) return Number(text);
    throw bad(`has ${JSON.stringify(text.slice(0, 40))} for a number`);
  }

  /** Whole numbers of any length, the lowest byte first, in two's complement. */
  function long(digits: Uint8Array): number {
    if (digits.length > 8) throw bad('has a number of more than 64 bits');
    const all = BigInt(digits.reduceRight((text, digit) => text + hex(digit), '0x0'));
    return Number(BigInt.asIntN(Math.max(1, 8 * digits.length), all));
  }

  function push(value: Pickled): void {
    if (stack.length >= mostValues) throw bad(`holds more than ${mostValues} values`);
    stack.push(value);
  }

  function pop(): Pickled {
    if (stack.length <= (marks.at(-1) ?? 0)) throw bad('takes a value that is not there');
    return stack.pop()!;
  }

  function popped(count: number): Pickled[] {
    return Array.from({ length: count }, pop).reverse();
  }

  function sinceMark(): Pickled[] {
    const mark = marks.pop();
    if (mark === undefined) throw bad('ends a list that was not begun');
    return stack.splice(mark);
  }

  function remember(place: number): void {
    if (stack.length === 0 || memo.size >= mostValues) throw bad('remembers nothing');
    memo.set(place, stack.at(-1)!);
  }

  function recall(place: number): void {
    const value = memo.get(place);
    if (value === undefined) throw bad(`recalls value ${place}, which was not kept`);
    push(value);
  }

  function append(values: Pickled[]): void {
    const list = stack.at(-1);
    if (!Array.isArray(list)) throw bad('appends to what is no list');
    if (list.length + values.length > mostValues) throw bad('holds too long a list');
    for (const value of values) list.push(value);
  }

  function fill(values: Pickled[]): void {
    const dict = stack.at(-1);
    if (!(dict instanceof Map)) throw bad('fills what is no dict');
    for (const [key, value] of pairs(values)) dict.set(key, value);
  }

  function pairs(values: Pickled[]): [Pickled, Pickled][] {
    if (values.length % 2 === 1) throw bad('has a key without a value');
    return values.flatMap((key, i) => (i % 2 === 0 ? [[key, values[i + 1]] as const] : [])) as [
      Pickled,
      Pickled,
    ][];
  }

  function named(name: string): Marker {
    if (known.includes(name)) return new Marker(name);
    throw bad(`names ${JSON.stringify(name.slice(0, 80))}, and nothing of a pickle is run here`);
  }

  /** What a known function would make of its arguments. */
  function made(maker: Pickled, given: Pickled): Pickled {
    const name = maker instanceof Marker ? maker.name : '';
    const [first] = Array.isArray(given) ? given : [];
    if (name.endsWith('_reconstruct')) return new PickledArray();
    if (name === 'numpy dtype' && typeof first === 'string') return new Marker('dtype', first);
    if (name === '_codecs encode' && typeof first === 'string') return Buffer.from(first, 'latin1');
    throw bad('calls what is no function known here');
  }

  /** Gives an array its shape and bytes; of a kind of elements what else there is plays no part. */
  function build(target: Pickled, state: Pickled): void {
    push(target);
    if (target instanceof Marker && target.name === 'dtype') return;
    const [, shape, dtype, fortran, data] = Array.isArray(state) ? state : [];
    const isWhole = Array.isArray(shape) && shape.every((s) => typeof s === 'number');
    const isBytes = data instanceof Uint8Array || typeof data === 'string';
    if (!(target instanceof PickledArray && isWhole && dtype instanceof Marker && isBytes)) {
      throw bad('fills what is no numpy array');
    }
    target.shape = shape as number[];
    target.dtype = String(dtype.argument);
    target.fortran = fortran === true || fortran === 1;
    target.bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  }

  function bad(what: string) {
    const remedy = 'only plain dicts, lists and numpy arrays are read; save the data as .npz';
    return refusal(`${subject}, byte ${at}`, `the pickle ${what}`, remedy);
  }
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const quoted = (text: string): string => text.replace(/^(['"])(.*)\1$/, '$2');
