import { expect } from 'vitest';
import { fuzzBytes } from '../../../testkit/fuzz.ts';
import type { NamedTensors } from '../../training/state.ts';
import { fitWeights } from './fit.ts';
import { weightsIn } from './weightFile.ts';

const tensorOf = (...shape: number[]) => {
  return { shape, data: new Float32Array(shape.reduce((size, extent) => size * extent, 1)) };
};
const own: NamedTensors = new Map([
  ['stem.conv.weight', tensorOf(2, 1, 3, 3)],
  ['stem.bn.runningMean', tensorOf(2)],
  ['momentum.stem.conv.weight', tensorOf(2, 1, 3, 3)],
  ['head.weight', tensorOf(2, 2)],
  ['head.bias', tensorOf(2)],
]);

const bytesPerValue = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** A file as PyTorch saves one, its values of a type and all zero bytes. */
function fileOf(dtype: keyof typeof bytesPerValue, metadata: Record<string, string>): Uint8Array {
  let at = 0;
  const entry = (type: string, shape: number[], bytes: number) => {
    at += bytes;
    return { dtype: type, shape, data_offsets: [at - bytes, at] };
  };
  const size = bytesPerValue[dtype];
  const header = JSON.stringify({
    __metadata__: metadata,
    'bn1.num_batches_tracked': entry('I64', [], 8),
    'bn1.running_mean': entry(dtype, [2], 2 * size),
    'conv1.weight': entry(dtype, [2, 1, 3, 3], 18 * size),
    'fc.bias': entry(dtype, [2], 2 * size),
    'fc.weight': entry(dtype, [2, 2], 4 * size),
  });
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([start, Buffer.from(header), Buffer.alloc(at)]);
}

fuzzBytes('weights', {
  valid: [
    fileOf('F32', { format: 'pt' }),
    fileOf('F64', {}),
    fileOf('F16', { classes: '["a","b"]' }),
    fileOf('BF16', { net: 'resnext-8-2x4d', classes: '["c","d"]' }),
  ],
  parse: (bytes) => {
    const file = { path: 'damaged', digest: '', ...weightsIn(bytes, 'damaged') };
    return fitWeights(file, own, ['a', 'b']);
  },
  accepted({ tensors, headLeft }) {
    const names = [...own.keys()].filter((name) => !name.startsWith('momentum.'));
    const taken = names.filter((name) => headLeft === null || !name.startsWith('head.'));
    expect([...tensors.keys()].sort()).toEqual(taken.sort());
    for (const [name, { shape, data }] of tensors) {
      expect(shape).toEqual(own.get(name)!.shape);
      expect(data.length).toBe(own.get(name)!.data.length);
      expect(data.every(Number.isFinite)).toBe(true);
    }
  },
  words: [
    ...[
      '"dtype"',
      '"F32"',
      '"F16"',
      '"BF16"',
      '"F64"',
      '"F4"',
      '"C64"',
      '"BOOL"',
      '"shape"',
      '[2]',
    ],
    ...['"data_offsets"', '[0,8]', '"__metadata__"', '"conv1.weight"', '"fc.weight"', 'module.'],
    ...['num_batches_tracked', 'momentum.', '__proto__', '1e400', '9007199254740993', 'PK\x03\x04'],
  ],
});
