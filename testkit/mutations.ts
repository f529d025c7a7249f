import fc from 'fast-check';

/** A change to a file. A place past its end counts on from its beginning again. */
type Mutation =
  | { kind: 'flip'; at: number; bit: number }
  | { kind: 'cut'; at: number; length: number }
  | { kind: 'end'; at: number }
  | { kind: 'insert'; at: number; bytes: Uint8Array }
  | { kind: 'splice'; at: number; donor: number; from: number; length: number }
  | { kind: 'number'; at: number; size: number; little: boolean; value: bigint };

type Change<Kind> = Extract<Mutation, { kind: Kind }>;

/** A way to do each; `donors` are the valid files that a splice takes its bytes from. */
const changes: {
  [K in Mutation['kind']]: (
    bytes: Uint8Array,
    change: Change<K>,
    donors: readonly Uint8Array[],
  ) => Uint8Array;
} = {
  flip(bytes, { at, bit }) {
    const flipped = Uint8Array.from(bytes);
    if (bytes.length > 0) flipped[at % bytes.length] ^= 1 << bit;
    return flipped;
  },
  cut: (bytes, { at, length }) => replaced(bytes, at, length, new Uint8Array(0)),
  end: (bytes, { at }) => bytes.slice(0, at % (bytes.length + 1)),
  insert: (bytes, { at, bytes: added }) => replaced(bytes, at, 0, added),
  splice(bytes, { at, donor, from, length }, donors) {
    const source = donors[donor % donors.length];
    const start = from % (source.length + 1);
    return replaced(bytes, at, 0, source.subarray(start, start + length));
  },
  number: (bytes, { at, size, little, value }) =>
    replaced(bytes, at, size, numberBytes(value, size, little)),
};

function replaced(bytes: Uint8Array, at: number, length: number, added: Uint8Array): Uint8Array {
  const start = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + length)]);
}

function numberBytes(value: bigint, size: number, little: boolean): Uint8Array {
  const all = new DataView(new ArrayBuffer(8));
  all.setBigUint64(0, BigInt.asUintN(64, value), little);
  return new Uint8Array(all.buffer).subarray(little ? 0 : 8 - size, little ? size : 8);
}

/** Numbers at which lengths, offsets and counts go wrong. */
const limits = [0n, 1n, 7n, 8n, 15n, 31n, 32n, 53n, 63n, 64n]
  .map((bits) => (bits === 0n ? 0n : 2n ** bits))
  .flatMap((power) => [power - 1n, power, power + 1n]);

/** Most of what can go wrong stands in a file's first bytes. */
const place = fc.oneof(fc.nat(64), fc.nat(20_000));
const length = fc.oneof(fc.nat(16), fc.nat(4000));

function mutationOf(words: readonly string[]): fc.Arbitrary<Mutation> {
  const word = fc.constantFrom(...words).map((text) => Uint8Array.from(Buffer.from(text)));
  const bytes = fc.oneof({ arbitrary: word, weight: 2 }, fc.uint8Array({ maxLength: 8 }));
  const value = fc.oneof(fc.constantFrom(...limits), fc.bigInt({ min: 0n, max: 300n }));
  const size = fc.constantFrom(1, 2, 4, 8);
  return fc.oneof(
    fc.record({ kind: fc.constant('flip'), at: place, bit: fc.nat(7) }),
    fc.record({ kind: fc.constant('cut'), at: place, length }),
    fc.record({ kind: fc.constant('end'), at: place }),
    fc.record({ kind: fc.constant('insert'), at: place, bytes }),
    fc.record({ kind: fc.constant('splice'), at: place, donor: fc.nat(99), from: place, length }),
    fc.record({ kind: fc.constant('number'), at: place, size, little: fc.boolean(), value }),
  );
}

/**
 * Files made from valid ones by one to six changes: a bit flipped, bytes cut, the end cut off,
 * bytes or a word put in, a piece of another valid file put in, a number such as a length
 * overwritten by one that lies.
 *
 * @param words what means something in such a file
 */
export function mutated(
  valid: readonly Uint8Array[],
  words: readonly string[],
): fc.Arbitrary<Uint8Array> {
  const mutations = fc.array(mutationOf(words), { minLength: 1, maxLength: 6 });
  return fc
    .tuple(fc.constantFrom(...valid), mutations)
    .map(([start, all]) => all.reduce((bytes, one) => apply(bytes, one, valid), start));
}

function apply<K extends Mutation['kind']>(
  bytes: Uint8Array,
  mutation: Change<K> & { kind: K },
  donors: readonly Uint8Array[],
): Uint8Array {
  return changes[mutation.kind](bytes, mutation, donors);
}
