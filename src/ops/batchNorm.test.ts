import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { checkOp, shape, tensor } from '../../testkit/checkOp.ts';
import { type BatchNormOp, batchNorm, batchStatistics, epsilon } from './batchNorm.ts';

const op = (copies = 1): BatchNormOp => ({ kind: 'batchNorm', name: 'b', copies });

/** Two samples, two channels, one pixel: channel 0 holds 1 and 3, channel 1 holds 10 and 30. */
const x = tensor(shape(2, 1, 1), [1, 10, 3, 30], 2);
const [one, hundred] = [1, 100].map((variance) => 1 / Math.sqrt(variance + epsilon));

describe('by hand', () => {
  test('statistics are a channel’s, over samples and pixels, the variance biased', () => {
    const { mean, variance, count } = batchStatistics(x);
    assertClose(mean, [2, 20], { relative: 1e-15 });
    assertClose(variance, [1, 100], { relative: 1e-15 });
    expect(count).toBe(2);
    const wide = batchStatistics(tensor(shape(1, 1, 2), [0, 2, 4, 6], 2));
    assertClose([wide.mean[0], wide.variance[0], wide.count], [3, 5, 4], { relative: 1e-15 });
  });

  test('y = γ (x - mean) / √(variance + ε) + β', () => {
    const parameters = [Float64Array.of(2, -1), Float64Array.of(0.5, 0)];
    const y = batchNorm.forward(op(), [x], { parameters });
    const expected = [0.5 - 2 * one, 10 * hundred, 0.5 + 2 * one, -10 * hundred];
    assertClose(y.data, expected, { relative: 1e-14 });
  });

  test('copies share the statistics and have γ and β of their own', () => {
    const parameters = [Float64Array.of(1, 1, 2, 3), Float64Array.of(0, 0, 5, 7)];
    const y = batchNorm.forward(op(2), [x], { parameters });
    expect(y.channels).toBe(4);
    const first = [-one, -10 * hundred, 5 - 2 * one, 7 - 30 * hundred];
    const second = [one, 10 * hundred, 5 + 2 * one, 7 + 30 * hundred];
    assertClose(y.data, [...first, ...second], { relative: 1e-14 });
  });

  test('running statistics stand in for the batch’s', () => {
    const parameters = [Float64Array.of(1, 1), Float64Array.of(0, 0)];
    const running = { mean: Float64Array.of(1, 0), variance: Float64Array.of(4, 100) };
    const y = batchNorm.forward(op(), [x], { parameters, running });
    const half = 1 / Math.sqrt(4 + epsilon);
    assertClose(y.data, [0, 10 * hundred, 2 * half, 30 * hundred], { relative: 1e-14 });
  });

  test('a constant channel becomes β', () => {
    const flat = tensor(shape(1, 1, 2), [7, 7, 7, 7], 2);
    const parameters = [Float64Array.of(3), Float64Array.of(0.25)];
    const y = batchNorm.forward(op(), [flat], { parameters });
    expect(Array.from(y.data)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

test('γ starts at 1 and β at 0, a set for every copy', () => {
  const specs = batchNorm.parameters(op(3), [shape(4, 2, 2)]);
  expect(specs).toEqual([
    { name: 'b.weight', shape: [12], initial: { kind: 'constant', value: 1 } },
    { name: 'b.bias', shape: [12], initial: { kind: 'constant', value: 0 } },
  ]);
  expect(batchNorm.macs(op(3), [shape(4, 2, 2)])).toBe(0);
});

test.each([
  [1, 1, 1, 1],
  [1, 2, 3, 5],
  [1, 3, 1, 2],
  [2, 1, 1, 1],
  [3, 2, 3, 1],
])('gradient of %i copies over %i × %i × %i', (copies, channels, height, width) => {
  const inputs = [shape(channels, height, width)];
  expect(checkOp({ op: op(copies), inputs, samples: 5 })).toHaveLength(3);
});

test.each([1, 2])('gradient of %i copies under running statistics', (copies) => {
  const running = { mean: Float64Array.of(0.3, -1), variance: Float64Array.of(0.5, 2) };
  const inputs = [shape(2, 3, 1)];
  expect(checkOp({ op: op(copies), inputs, state: { running } })).toHaveLength(3);
});
