import { describe, expect, test } from 'vitest';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type DropoutOp, dropout } from './dropout.ts';

const op = (rate: number): DropoutOp => ({ kind: 'dropout', index: 0, rate });
const drop = (rate: number, values: number[], dropoutKey?: number[]) => {
  const x = tensor(shape(1, 1, values.length), values);
  return Array.from(dropout.forward(op(rate), [x], { parameters: [], dropoutKey }).data);
};

describe('the mask', () => {
  const count = 40_000;
  const ones = Array(count).fill(1);

  test.each([0.1, 0.3, 0.5, 0.9])('drops about %d and keeps the mean', (rate) => {
    const kept = drop(rate, ones, [3, 4]).filter((value) => value !== 0);
    const deviation = Math.sqrt((rate * (1 - rate)) / count);
    expect(Math.abs(kept.length / count - (1 - rate))).toBeLessThan(4 * deviation);
    for (const value of kept) expect(value).toBeCloseTo(1 / (1 - rate), 6);
  });

  test('is another one under another key', () => {
    const agree = drop(0.5, ones, [3, 4]).filter((v, i) => v === drops[i]).length;
    expect(Math.abs(agree / count - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / count));
  });
  const drops = drop(0.5, ones, [3, 5]);

  test('a rate of 0 drops nothing', () => {
    expect(drop(0, [1, -2, 3], [3, 4])).toEqual([1, -2, 3]);
  });

  test('a rate next to 1 leaves finite values', () => {
    expect(drop(1 - 1e-12, [1, 2], [3, 4]).every(Number.isFinite)).toBe(true);
  });
});

test('without a key, in evaluation, nothing happens', () => {
  expect(drop(0.5, [1, -2, 3])).toEqual([1, -2, 3]);
});

test('keeps the shape, has no parameters and costs no products', () => {
  expect(dropout.shape(op(0.5), [shape(3, 5, 7)])).toEqual(shape(3, 5, 7));
  expect(dropout.parameters(op(0.5), [shape(3, 5, 7)])).toEqual([]);
  expect(dropout.macs(op(0.5), [shape(3, 5, 7)])).toBe(0);
});

test.each([
  [1, 1, 1],
  [2, 3, 5],
])('gradient over %i × %i × %i', (...extents) => {
  const state = { dropoutKey: [5, 6] };
  expect(checkOp({ op: op(0.4), inputs: [shape(...extents)], state })).toHaveLength(1);
});
