import { expect, test } from 'vitest';
import { RequestError } from '../errors.ts';
import { cut, trainingBatches } from './batches.ts';

test.each([
  [256, [128, 128]],
  [300, [128, 128, 32]],
  [271, [128, 128]],
  [100, [96]],
  [16, [16]],
])('%i training images make batches of %j', (count, sizes) => {
  const batches = trainingBatches(count, 128);
  expect(batches.map((batch) => batch.count)).toEqual(sizes);
  expect(batches.map(({ first }) => first)).toEqual(sizes.map((_, index) => 128 * index));
});

test('fewer than 16 training images are an error that names the number and the flag', () => {
  expect(() => trainingBatches(15, 128)).toThrow(RequestError);
  expect(() => trainingBatches(15, 128)).toThrow(/15 training images.*16.*trainSize/);
});

test('a cut for evaluation leaves no image out', () => {
  expect(cut(300, 128)).toEqual([
    { first: 0, count: 128 },
    { first: 128, count: 128 },
    { first: 256, count: 44 },
  ]);
  expect(cut(0, 128)).toEqual([]);
});
