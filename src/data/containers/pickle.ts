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
  const from = new Operands(bytes, subject);
  const values = new Values(from.bad);
  for (;;) {
    const code = String.fromCharCode(from.byte());
    if (code === '.') return values.pop();
    if (!Object.hasOwn(opcodes, code)) throw from.bad(`holds the opcode ${JSON.stringify(code)}`);
    opcodes[code](values, from);
  }
}

/** An error that says what the pickle does wrong. */
type Bad = (what: string) => Error;

/** What each opcode does to the values, given what stands behind it. */
const opcodes: { [code: string]: (values: Values, from: Operands) => void } = {
  '\x80': (_, from) => void from.take(1),
  '\x95': (_, from) => void from.take(8),
  '(': (values) => values.mark(),
  '}': (values) => values.push(new Map()),
  ']': (values) => values.push([]),
  ')': (values) => values.push([]),
  N: (values) => values.push(null),
  '\x88': (values) => values.push(true),
  '\x89': (values) => values.push(false),
  K: (values, from) => values.push(from.byte()),
  M: (values, from) => values.push(from.number(2, (view, at) => view.getUint16(at, true))),
  J: (values, from) => values.push(from.number(4, (view, at) => view.getInt32(at, true))),
  I: (values, from) => values.push(from.integer()),
  L: (values, from) => values.push(from.integer('L')),
  '\x8a': (values, from) => values.push(from.long(from.byte())),
  F: (values, from) => values.push(Number(from.line())),
  G: (values, from) => values.push(from.number(8, (view, at) => view.getFloat64(at))),
  U: (values, from) => values.push(latin(from.take(from.byte()))),
  T: (values, from) => values.push(latin(from.take(from.size(4)))),
  S: (values, from) => values.push(quoted(from.line())),
  V: (values, from) => values.push(from.line()),
  C: (values, from) => values.push(from.take(from.byte())),
  B: (values, from) => values.push(from.take(from.size(4))),
  '\x8e': (values, from) => values.push(from.take(from.size(8))),
  X: (values, from) => values.push(utf8(from.take(from.size(4)))),
  '\x8c': (values, from) => values.push(utf8(from.take(from.byte()))),
  '\x8d': (values, from) => values.push(utf8(from.take(from.size(8)))),
  q: (values, from) => values.remember(from.byte()),
  r: (values, from) => values.remember(from.size(4)),
  p: (values, from) => values.remember(from.integer()),
  '\x94': (values) => values.remember(),
  h: (values, from) => values.recall(from.byte()),
  j: (values, from) => values.recall(from.size(4)),
  g: (values, from) => values.recall(from.integer()),
  t: (values) => values.push(values.sinceMark()),
  l: (values) => values.push(values.sinceMark()),
  d: (values) => values.fill(values.sinceMark(), new Map()),
  '\x85': (values) => values.push(values.popped(1)),
  '\x86': (values) => values.push(values.popped(2)),
  '\x87': (values) => values.push(values.popped(3)),
  a: (values) => values.append(values.popped(1)),
  e: (values) => values.append(values.sinceMark()),
  s: (values) => values.fill(values.popped(2)),
  u: (values) => values.fill(values.sinceMark()),
  '0': (values) => void values.pop(),
  '2': (values) => values.push(values.top() ?? null),
  c: (values, from) => values.push(named(`${from.line()} ${from.line()}`, from.bad)),
  '\x93': (values, from) => values.push(named(values.popped(2).join(' '), from.bad)),
  R: (values, from) => values.push(made(values.popped(2), from.bad)),
  b: (values, from) => values.push(built(values.popped(2), from.bad)),
};

/** The bytes of a pickle from its first on, as its opcodes take them. */
class Operands {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;
  readonly bad: Bad;

  constructor(bytes: Uint8Array, subject: string) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const remedy = 'only plain dicts, lists and numpy arrays are read; save the data as .npz';
    this.bad = (what) => refusal(`${subject}, byte ${this.at}`, `the pickle ${what}`, remedy);
  }

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (!(length >= 0 && end <= this.bytes.length)) throw this.bad('ends within a value');
    this.at = end;
    return this.bytes.subarray(end - length, end);
  }

  byte(): number {
    return this.take(1)[0];
  }

  number(length: number, read: (view: DataView, at: number) => number): number {
    const { at } = this;
    this.take(length);
    return read(this.view, at);
  }

  size(length: 4 | 8): number {
    const word = () => this.number(4, (view, at) => view.getUint32(at, true));
    const low = word();
    return length === 4 ? low : low + 2 ** 32 * word();
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0 || end - this.at > 1000) throw this.bad('has a line without an end');
    const text = utf8(this.take(end - this.at));
    this.at++;
    return text;
  }

  /** A line of digits, which may end in a letter that says what kind of number they are. */
  integer(kind = ''): number {
    const text = this.line();
    const digits = kind && text.endsWith(kind) ? text.slice(0, -kind.length) : text;
    if (/^-?\d{1,15}$/.test(digits)) return Number(digits);
    throw this.bad(`has ${JSON.stringify(digits.slice(0, 40))} for a number`);
  }

  /** A whole number of so many bytes, the lowest first, in two's complement. */
  long(length: number): number {
    const digits = this.take(length);
    if (length > 8) throw this.bad('has a number of more than 64 bits');
    const all = BigInt(digits.reduceRight((text, digit) => text + hex(digit), '0x0'));
    return Number(BigInt.asIntN(Math.max(1, 8 * length), all));
  }
}

/** The values that wait on a stack to become part of others, and those that were kept to be named again. */
class Values {
  private readonly stack: Pickled[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, Pickled>();
  private readonly bad: Bad;

  constructor(bad: Bad) {
    this.bad = bad;
  }

  top(): Pickled | undefined {
    return this.stack.at(-1);
  }

  push(value: Pickled): void {
    if (this.stack.length >= mostValues) throw this.bad(`holds more than ${mostValues} values`);
    this.stack.push(value);
  }

  pop(): Pickled {
    if (this.stack.length <= (this.marks.at(-1) ?? 0)) {
      throw this.bad('takes a value that is not there');
    }
    return this.stack.pop()!;
  }

  popped(count: number): Pickled[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  mark(): void {
    this.marks.push(this.stack.length);
  }

  sinceMark(): Pickled[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw this.bad('ends a list that was not begun');
    return this.stack.splice(mark);
  }

  remember(place = this.memo.size): void {
    if (this.stack.length === 0 || this.memo.size >= mostValues)
      throw this.bad('remembers nothing');
    this.memo.set(place, this.top()!);
  }

  recall(place: number): void {
    const value = this.memo.get(place);
    if (value === undefined) throw this.bad(`recalls value ${place}, which was not kept`);
    this.push(value);
  }

  /** Adds values to the list on top. */
  append(values: Pickled[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.bad('appends to what is no list');
    if (list.length + values.length > mostValues) throw this.bad('holds too long a list');
    for (const value of values) list.push(value);
  }

  /** Adds keys and values, by turns, to a new dict, or to the one on top. */
  fill(values: Pickled[], fresh?: Map<Pickled, Pickled>): void {
    if (fresh) this.push(fresh);
    const dict = this.top();
    if (!(dict instanceof Map)) throw this.bad('fills what is no dict');
    if (values.length % 2 === 1) throw this.bad('has a key without a value');
    for (let i = 0; i < values.length; i += 2) dict.set(values[i], values[i + 1]);
  }
}

function named(name: string, bad: Bad): Marker {
  if (known.includes(name)) return new Marker(name);
  throw bad(`names ${JSON.stringify(name.slice(0, 80))}, and nothing of a pickle is run here`);
}

/** What a known function would make of its arguments. */
function made([maker, given]: Pickled[], bad: Bad): Pickled {
  const name = maker instanceof Marker ? maker.name : '';
  const [first] = Array.isArray(given) ? given : [];
  if (name.endsWith('_reconstruct')) return new PickledArray();
  if (name === 'numpy dtype' && typeof first === 'string') return new Marker('dtype', first);
  if (name === '_codecs encode' && typeof first === 'string') return Buffer.from(first, 'latin1');
  throw bad('calls what is no function known here');
}

/** An array with its shape and bytes; of a kind of elements what else there is plays no part. */
function built([target, state]: Pickled[], bad: Bad): Pickled {
  if (target instanceof Marker && target.name === 'dtype') return target;
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
  return target;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const quoted = (text: string): string => text.replace(/^(['"])(.*)\1$/, '$2');
