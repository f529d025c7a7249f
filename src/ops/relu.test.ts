import { expect, test } from 'vitest';
import { checkGradient } from '../../testkit/checkGradient.ts';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type ReluOp, relu } from './relu.ts';

const op: ReluOp = { kind: 'relu' };
const stateless = { parameters: [] };
const x = tensor(shape(2, 1, 2), [-1, 0, 2, -0.5]);

test('by hand: nothing below zero passes, forward or backward, nor at zero backward', () => {
  expect(Array.from(relu.forward(op, [x], stateless).data)).toEqual([0, 0, 2, 0]);
  const dy = tensor(shape(2, 1, 2), [5, 6, 7, 8]);
  const { inputs, parameters } = relu.gradient(op, [x], stateless, dy);
  expect(Array.from(inputs[0].data)).toEqual([0, 0, 7, 0]);
  expect(parameters).toEqual([]);
});

test('keeps the shape, has no parameters and costs no products', () => {
  expect(relu.shape(op, [shape(3, 5, 7)])).toEqual(shape(3, 5, 7));
  expect(relu.parameters(op, [shape(3, 5, 7)])).toEqual([]);
  expect(relu.macs(op, [shape(3, 5, 7)])).toBe(0);
});

test.each([
  [1, 1, 1],
  [2, 3, 5],
])('gradient over %i × %i × %i', (...extents) => {
  const [text] = checkOp({ op, inputs: [shape(...extents)], kink: Math.abs });
  expect(text).toMatch(/points checked/);
});

test('the points at the kink are skipped, and the report says so', () => {
  const near = tensor(shape(1, 1, 5), [-1, 0, 2, 5e-4, -5e-4]);
  const ones = tensor(near, Array(5).fill(1));
  const { text } = checkGradient({
    name: 'relu',
    f: (data) => relu.forward(op, [{ ...near, data }], stateless).data.reduce((a, b) => a + b),
    x: near.data,
    gradient: relu.gradient(op, [near], stateless, ones).inputs[0].data,
    kinks: (index) => Math.abs(near.data[index]),
  });
  expect(text).toBe('relu: 2 of 5 points checked, 3 within 1e-3 of 0');
});
