import { expect, test } from 'vitest';
import { RequestError } from '../errors.ts';
import { checkTensors, type NamedTensors, nonFiniteTensor } from './state.ts';

const tensor = (shape: number[], ...values: number[]) => ({
  shape,
  data: Float32Array.from(values),
});

const needed = [
  { name: 'weight', shape: [2, 1] },
  { name: 'bias', shape: [1] },
];

const saved = (): NamedTensors =>
  new Map([
    ['bias', tensor([1], 30)],
    ['weight', tensor([2, 1], 10, 20)],
  ]);

test('the tensors needed fit, in any order', () => {
  expect(() => checkTensors(needed, saved())).not.toThrow();
});

const broken: [string, (tensors: NamedTensors) => unknown, RegExp][] = [
  ['a missing tensor', (t) => t.delete('bias'), /tensor bias is missing/],
  ['an unknown tensor', (t) => t.set('more', tensor([1], 0)), /unknown tensor more/],
  [
    'a tensor of the same size and another shape',
    (t) => t.set('weight', tensor([1, 2], 10, 20)),
    /weight has shape \[1,2\], the net needs \[2,1\]/,
  ],
];

test.each(broken)('%s is refused', (_, damage, message) => {
  const damaged = saved();
  damage(damaged);
  expect(() => checkTensors(needed, damaged)).toThrow(RequestError);
  expect(() => checkTensors(needed, damaged)).toThrow(message);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a tensor with %d is found', (value) => {
  const tensors = saved();
  expect(nonFiniteTensor(tensors)).toBeUndefined();
  tensors.get('weight')!.data[1] = value;
  expect(nonFiniteTensor(tensors)).toBe('weight');
});
