import { expect, test } from 'vitest';
import type { Initial } from '../nets/parameters.ts';
import { drawInitial } from './initial.ts';

const count = 100_000;

function drawn(initial: Initial, { seed = 1, name = 'stem.conv.weight' } = {}): Float32Array {
  const values = new Float32Array(count);
  drawInitial(seed, name, initial, values);
  return values;
}

const meanOf = (values: Float32Array): number => values.reduce((sum, v) => sum + v, 0) / count;

test('a constant fills the tensor', () => {
  expect(new Set(drawn({ kind: 'constant', value: 0.5 }))).toEqual(new Set([0.5]));
});

test('normal values have mean 0 and the deviation asked for, within 5 standard errors', () => {
  const std = 0.25;
  const values = drawn({ kind: 'normal', std });
  expect(Math.abs(meanOf(values))).toBeLessThan((5 * std) / Math.sqrt(count));
  const variance = meanOf(values.map((value) => value * value));
  expect(Math.abs(variance / std ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
});

test('uniform values fill the range evenly and stay inside, within 5 standard errors', () => {
  const bound = 0.5;
  const values = drawn({ kind: 'uniform', bound });
  expect(values.every((value) => Math.abs(value) <= bound)).toBe(true);
  expect(Math.abs(meanOf(values))).toBeLessThan((5 * bound) / Math.sqrt(3 * count));
  const variance = meanOf(values.map((value) => value * value));
  expect(Math.abs(variance / (bound ** 2 / 3) - 1)).toBeLessThan(5 * Math.sqrt(0.8 / count));
});

test('values depend on the seed and on the name, and on nothing else', () => {
  const initial = { kind: 'normal', std: 1 } as const;
  const first = drawn(initial);
  expect(drawn(initial)).toEqual(first);
  expect(drawn(initial, { seed: 2 })).not.toEqual(first);
  expect(drawn(initial, { name: 'head.weight' })).not.toEqual(first);
});
