import { afterEach, expect, test, vi } from 'vitest';
import { relu } from '../src/ops/relu.ts';
import { checkOp, shape } from './checkOp.ts';

const check = () => checkOp({ op: { kind: 'relu' }, inputs: [shape(2, 3, 5)], kink: Math.abs });

afterEach(() => void vi.restoreAllMocks());

test('says what it checked', () => {
  expect(check()).toEqual([expect.stringMatching(/^relu, input 0: \d+ of 90 points checked/)]);
});

test('a wrong gradient fails', () => {
  const right = relu.gradient;
  vi.spyOn(relu, 'gradient').mockImplementation((...given) => {
    const gradient = right(...given);
    gradient.inputs[0].data[7] += 1e-4;
    return gradient;
  });
  expect(check).toThrow(/relu, input 0: gradient .* at coordinate 7/);
});

test('a forward that disagrees with the shape rule fails', () => {
  vi.spyOn(relu, 'shape').mockReturnValue(shape(2, 3, 4));
  expect(check).toThrow('relu: 90 values as [3, 2, 3, 5], expected [3, 2, 3, 4]');
});
