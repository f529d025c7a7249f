import { describe, expect, test } from 'vitest';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type SubsampleOp, subsample } from './subsample.ts';

const op = (stride: number): SubsampleOp => ({ kind: 'subsample', stride });
const square = tensor(shape(1, 3, 3), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
const views = (stride: number, x = square) =>
  Array.from(subsample.forward(op(stride), [x], { parameters: [] }).data);

describe('by hand', () => {
  test('stride 1: the image, and the image shifted right and down', () => {
    expect(views(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 1, 2, 0, 4, 5]);
  });

  test('stride 2: pixels 0 and 2, then those at 2i - 1', () => {
    expect(views(2)).toEqual([1, 3, 7, 9, 0, 0, 0, 5]);
  });

  test('one pixel: the shifted path sees nothing', () => {
    expect(views(2, tensor(shape(2, 1, 1), [3, 4]))).toEqual([3, 4, 0, 0]);
  });
});

test.each([
  [1, 5, 7, 5, 7],
  [2, 5, 8, 3, 4],
  [2, 1, 1, 1, 1],
])(
  'stride %i over %i × %i leaves %i × %i and twice the channels',
  (stride, h, w, rows, columns) => {
    expect(subsample.shape(op(stride), [shape(3, h, w)])).toEqual(shape(6, rows, columns));
  },
);

test('has no parameters and costs no products', () => {
  expect(subsample.parameters(op(2), [shape(3, 5, 7)])).toEqual([]);
  expect(subsample.macs(op(2), [shape(3, 5, 7)])).toBe(0);
});

test.each([
  [1, 1, 1, 1],
  [1, 2, 3, 2],
  [2, 1, 5, 3],
  [2, 3, 4, 1],
  [3, 2, 5, 7],
])('gradient with stride %i over %i × %i × %i', (stride, ...extents) => {
  expect(checkOp({ op: op(stride), inputs: [shape(...extents)] })).toHaveLength(1);
});
