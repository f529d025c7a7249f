import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzBytes } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { bytesOf, decodeSafetensors, encodeSafetensors, type TensorFile } from './safetensors.ts';

const name = fc.string({ minLength: 1 }).filter((text) => text !== '__metadata__');
const tensor = fc
  .tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean(), fc.infiniteStream(fc.integer()))
  .map(([shape, floats, values]) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    const data = Int32Array.from({ length: size }, () => values.next().value);
    return { shape, data: floats ? new Float32Array(data.buffer) : data };
  });
const file: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc.array(fc.tuple(name, tensor), { maxLength: 5 }).map((pairs) => new Map(pairs)),
  metadata: fc.dictionary(name, fc.string()),
});

const contentOf = ({ tensors, metadata }: TensorFile) => ({
  metadata: Object.entries(metadata).sort(),
  tensors: [...tensors]
    .map(([key, { shape, data }]) => [key, shape, data.constructor.name, ...bytesOf(data)])
    .sort(),
});

/** A file with a header of our choice in front of `length` bytes of values. */
function fileOf(header: unknown, length: number): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const bytes = new Uint8Array(8 + Buffer.byteLength(text) + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Buffer.byteLength(text)), true);
  bytes.set(Buffer.from(text), 8);
  return bytes;
}

describe('safetensors', () => {
  it('reads back what it wrote, to the bit', () => {
    fc.assert(
      fc.property(file, (content) => {
        const decoded = decodeSafetensors(encodeSafetensors(content), 'a file');
        expect(contentOf(decoded)).toEqual(contentOf(content));
      }),
    );
  });

  it('takes any text as a name, as a fuzzed case showed', () => {
    const data = new Float32Array([1]);
    const content = {
      tensors: new Map([['__proto__', { shape: [1], data }]]),
      metadata: JSON.parse('{"__proto__": "text"}'),
    };
    const decoded = decodeSafetensors(encodeSafetensors(content), 'a file');
    expect(contentOf(decoded)).toEqual(contentOf(content));
    expect(contentOf(decoded).metadata).toHaveLength(1);
  });

  it('aligns the values to 8 bytes', () => {
    fc.assert(
      fc.property(file, (content) => {
        const { buffer } = encodeSafetensors(content);
        expect(Number(new DataView(buffer).getBigUint64(0, true)) % 8).toBe(0);
      }),
    );
  });

  it('refuses every truncated file', () => {
    fc.assert(
      fc.property(
        file,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (content, at) => {
          const bytes = encodeSafetensors(content);
          const cut = bytes.subarray(0, Math.floor(bytes.length * at));
          expect(() => decodeSafetensors(cut, 'cut.safetensors')).toThrow(RequestError);
        },
      ),
    );
  });

  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const refusals: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(0), /^x: has 0 bytes/],
    [
      'an endless header',
      new Uint8Array(16).fill(255),
      /announces a header of 18446744073709551615/,
    ],
    ['a header that is no JSON', fileOf('{"a":', 0), /no JSON/],
    ['a header that is a list', fileOf([], 0), /no JSON object/],
    ['numbers as metadata', fileOf({ __metadata__: { step: 1 } }, 0), /__metadata__/],
    ['text as metadata', fileOf({ __metadata__: 'step' }, 0), /__metadata__/],
    [
      'another type',
      fileOf({ a: { ...entry, dtype: 'F16', shape: [4] } }, 8),
      /'a' wrongly \(dtype/,
    ],
    ['a negative extent', fileOf({ a: { ...entry, shape: [-2] } }, 8), /'a' wrongly \(shape/],
    ['another key', fileOf({ a: { ...entry, color: 1 } }, 8), /'a' wrongly/],
    [
      'a shape of another size',
      fileOf({ a: { ...entry, shape: [3] } }, 8),
      /needs 12 bytes, not 8/,
    ],
    ['a tensor past the end', fileOf({ a: entry }, 4), /describes 8 bytes of values and has 4/],
    ['bytes left over', fileOf({ a: entry }, 12), /describes 8 bytes of values and has 12/],
    ['a gap', fileOf({ a: { ...entry, data_offsets: [4, 12] } }, 12), /'a' at 4, not at 0/],
    ['an overlap', fileOf({ a: entry, b: entry }, 8), /'b' at 0, not at 8/],
  ];
  it.each(refusals)('refuses %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(RequestError);
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(message);
  });

  it('takes a file without metadata, its header in any order', () => {
    const second = { ...entry, data_offsets: [8, 16] };
    const { tensors } = decodeSafetensors(fileOf({ b: second, a: entry }, 16), 'x');
    expect([...tensors.keys()]).toEqual(['a', 'b']);
  });
});

const examples: TensorFile[] = [
  { tensors: new Map(), metadata: {} },
  { tensors: new Map([['a', { shape: [], data: Float32Array.of(1) }]]), metadata: {} },
  {
    tensors: new Map([
      ['weight', { shape: [2, 3], data: Float32Array.from([1, 2, 3, 4, 5, 6]) }],
      ['labels', { shape: [4], data: Int32Array.of(1, 2, 3, 4) }],
      ['none', { shape: [0, 7], data: new Float32Array(0) }],
    ]),
    metadata: { step: '12', sha256: 'ab' },
  },
];

fuzzBytes('safetensors', {
  valid: examples.map(encodeSafetensors),
  parse: (bytes) => decodeSafetensors(bytes, 'damaged'),
  accepted({ tensors }, bytes) {
    const sizes = [...tensors.values()].map(({ data }) => data.byteLength);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(bytes.length - 8);
    for (const { shape, data } of tensors.values()) {
      expect(shape.reduce((product, extent) => product * extent, 1)).toBe(data.length);
    }
  },
  words: [
    '"dtype"',
    '"F32"',
    '"I32"',
    '"F64"',
    '"shape"',
    '"data_offsets"',
    '"__metadata__"',
    '[0,8]',
  ],
});
