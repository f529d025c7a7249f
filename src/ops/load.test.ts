import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type LoadOp, load } from './load.ts';

const op: LoadOp = { kind: 'load', ...shape(2, 1, 2), mean: [10, 100], std: [2, 50] };

test('by hand: every channel has its own mean and deviation', () => {
  const bytes = tensor(shape(2, 1, 2), [0, 12, 100, 255]);
  const y = load.forward(op, [bytes], { parameters: [] });
  assertClose(y.data, [-5, 1, 0, 3.1]);
});

test('keeps the shape, has no parameters and costs no products', () => {
  expect(load.shape(op, [shape(2, 1, 2)])).toEqual(shape(2, 1, 2));
  expect(load.parameters(op, [shape(2, 1, 2)])).toEqual([]);
  expect(load.macs(op, [shape(2, 1, 2)])).toBe(0);
});

test('gradient', () => {
  const [text] = checkOp({ op, inputs: [shape(2, 1, 2)] });
  expect(text).toMatch(/points checked/);
});
