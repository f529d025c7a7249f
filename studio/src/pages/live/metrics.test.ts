import { expect, test } from 'vitest';
import type { Metrics } from '../../../../src/server/metrics.ts';
import { appendMetrics } from './metrics.ts';

function metrics(steps: number[], epochs: number[]): Metrics {
  const column = (places: number[]) => places.map((place) => place / 10);
  const zeros = (places: number[]) => places.map(() => 0);
  return {
    steps: {
      step: steps,
      epoch: zeros(steps),
      loss: column(steps),
      error: zeros(steps),
      learningRate: zeros(steps),
      imagesPerSecond: zeros(steps),
    },
    epochs: {
      step: epochs,
      epoch: zeros(epochs),
      trainLoss: zeros(epochs),
      trainError: zeros(epochs),
      validationLoss: epochs.map(() => null),
      validationError: epochs.map(() => null),
      testLoss: column(epochs),
      testError: zeros(epochs),
      imagesPerSecond: zeros(epochs),
      seconds: zeros(epochs),
    },
  };
}

test('newer lines are appended, those known are not', () => {
  const both = appendMetrics(metrics([20, 40], [50]), metrics([40, 60], [50, 100]));
  expect(both.steps.step).toEqual([20, 40, 60]);
  expect(both.steps.loss).toEqual([2, 4, 6]);
  expect(both.epochs.testLoss).toEqual([5, 10]);
});

test('without news everything stays the same object', () => {
  const known = metrics([20], []);
  expect(appendMetrics(known, metrics([20], [])).steps).toBe(known.steps);
});
