import { describe, expect, test } from 'vitest';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type ConvOp, conv } from './conv.ts';

const plain: ConvOp = {
  kind: 'conv',
  name: 'c',
  kernel: 3,
  stride: 1,
  groups: 1,
  merged: 1,
  outChannels: 1,
};
const square = tensor(shape(1, 3, 3), [1, 2, 3, 4, 5, 6, 7, 8, 9]);

const filtered = (op: ConvOp, weights: number[], x = square) =>
  Array.from(conv.forward(op, [x], { parameters: [Float64Array.from(weights)] }).data);

describe('by hand', () => {
  test('a box sums the neighbours inside the image', () => {
    const sums = [12, 21, 16, 27, 45, 33, 24, 39, 28];
    expect(filtered(plain, Array(9).fill(1))).toEqual(sums);
    expect(filtered({ ...plain, stride: 2 }, Array(9).fill(1))).toEqual([12, 16, 24, 28]);
  });

  test('the first tap is the neighbour above and to the left', () => {
    expect(filtered(plain, [1, 0, 0, 0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 1, 2, 0, 4, 5]);
    expect(filtered(plain, [0, 0, 0, 0, 0, 1, 0, 0, 0])).toEqual([2, 3, 0, 5, 6, 0, 8, 9, 0]);
  });

  test('groups see only their own channels', () => {
    const op: ConvOp = { ...plain, kernel: 1, groups: 2, outChannels: 4 };
    const x = tensor(shape(4, 1, 1), [1, 10, 100, 1000]);
    expect(filtered(op, [1, 1, 2, 1, 1, 1, 1, 2], x)).toEqual([11, 12, 1100, 2100]);
  });

  test('the samples of a batch do not meet', () => {
    const x = tensor(shape(1, 1, 2), [1, 2, 30, 40], 2);
    expect(filtered(plain, Array(9).fill(1), x)).toEqual([3, 3, 70, 70]);
  });
});

test.each([
  [1, 28, 28],
  [2, 28, 14],
  [2, 7, 4],
  [2, 1, 1],
])('stride %i over %i rows leaves %i', (stride, rows, left) => {
  expect(conv.shape({ ...plain, stride }, [shape(1, rows, 1)]).height).toBe(left);
});

test('weights are [out, in of a group, kernel, kernel], scaled by one merged convolution', () => {
  const op: ConvOp = { ...plain, groups: 2, merged: 2, outChannels: 8 };
  const [weight] = conv.parameters(op, [shape(6, 5, 5)]);
  expect(weight).toMatchObject({ name: 'c.weight', shape: [8, 3, 3, 3] });
  expect(weight.initial).toEqual({ kind: 'normal', std: Math.sqrt(2 / (9 * 4)) });
  expect(conv.macs({ ...op, stride: 2 }, [shape(6, 5, 5)])).toBe(3 * 3 * 8 * 3 * 9);
});

test.each<[Partial<ConvOp>, number, number, number]>([
  [{}, 1, 1, 1],
  [{ outChannels: 3 }, 2, 3, 5],
  [{ stride: 2, outChannels: 2 }, 1, 7, 4],
  [{ stride: 2 }, 3, 1, 2],
  [{ stride: 3 }, 1, 5, 7],
  [{ kernel: 1, groups: 2, outChannels: 4 }, 2, 3, 3],
  [{ groups: 3, outChannels: 6, stride: 2 }, 3, 5, 3],
  [{ groups: 2, outChannels: 2 }, 6, 2, 2],
])('gradient of %j over %i × %i × %i', (options, channels, height, width) => {
  const op = { ...plain, ...options };
  expect(checkOp({ op, inputs: [shape(channels, height, width)] })).toHaveLength(2);
});
