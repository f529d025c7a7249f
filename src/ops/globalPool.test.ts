import { expect, test } from 'vitest';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type GlobalPoolOp, globalPool } from './globalPool.ts';

const op: GlobalPoolOp = { kind: 'globalPool' };

test('by hand: the mean of every channel of every sample', () => {
  const x = tensor(shape(2, 1, 2), [1, 3, 10, 20, -1, 1, 0, 5], 2);
  const y = globalPool.forward(op, [x], { parameters: [] });
  expect(Array.from(y.data)).toEqual([2, 15, 0, 2.5]);
});

test('leaves one pixel, has no parameters and costs no products', () => {
  expect(globalPool.shape(op, [shape(5, 8, 3)])).toEqual(shape(5, 1, 1));
  expect(globalPool.parameters(op, [shape(5, 8, 3)])).toEqual([]);
  expect(globalPool.macs(op, [shape(5, 8, 3)])).toBe(0);
});

test.each([
  [1, 1, 1],
  [2, 3, 5],
  [3, 1, 4],
])('gradient over %i × %i × %i', (...extents) => {
  expect(checkOp({ op, inputs: [shape(...extents)] })).toHaveLength(1);
});
