import { expect, test } from 'vitest';
import { RequestError } from '../errors.ts';
import { copyTensors, type NamedTensors, nonFiniteTensor, restoreTensors } from './state.ts';

const tensor = (shape: number[], ...values: number[]) => ({
  shape,
  data: Float32Array.from(values),
});

const live = (): NamedTensors =>
  new Map([
    ['weight', tensor([2, 1], 1, 2)],
    ['bias', tensor([1], 3)],
  ]);

const saved = (): NamedTensors =>
  new Map([
    ['bias', tensor([1], 30)],
    ['weight', tensor([2, 1], 10, 20)],
  ]);

test('tensors are restored by name', () => {
  const tensors = live();
  restoreTensors(tensors, saved());
  expect(tensors.get('weight')!.data).toEqual(Float32Array.of(10, 20));
  expect(tensors.get('bias')!.data).toEqual(Float32Array.of(30));
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

test.each(broken)('%s is refused before anything is changed', (_, damage, message) => {
  const tensors = live();
  const damaged = saved();
  damage(damaged);
  expect(() => restoreTensors(tensors, damaged)).toThrow(RequestError);
  expect(() => restoreTensors(tensors, damaged)).toThrow(message);
  expect(tensors).toEqual(live());
});

test('copies do not follow what they were taken from', () => {
  const tensors = live();
  const copies = copyTensors(tensors);
  tensors.get('bias')!.data[0] = -1;
  expect(copies).toEqual(live());
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a tensor with %d is found', (value) => {
  const tensors = live();
  expect(nonFiniteTensor(tensors)).toBeUndefined();
  tensors.get('weight')!.data[1] = value;
  expect(nonFiniteTensor(tensors)).toBe('weight');
});
