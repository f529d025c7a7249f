import { expect, test } from 'vitest';
import { bestOf, isFinished, isOutOfPatience } from './best.ts';
import type { EpochEvent } from './metrics.ts';

/** Epochs of those validation errors and losses; null is an epoch without evaluation. */
const epochsOf = (...measures: ([error: number, loss: number] | null)[]): EpochEvent[] =>
  measures.map((measured, index) => ({
    ...{ kind: 'epoch', epoch: index + 1, step: index + 1, trainLoss: 1, trainError: 1 },
    ...(measured && { validationError: measured[0], validationLoss: measured[1] }),
    ...{ imagesPerSecond: 1, seconds: 1 },
  }));

test('the best epoch has the lowest error, then the lowest loss, then comes first', () => {
  expect(bestOf([])).toBeNull();
  expect(bestOf(epochsOf(null, null))).toBeNull();
  expect(bestOf(epochsOf([5, 1], [4, 9], null, [4, 8], [4, 8]))?.epoch).toBe(4);
});

test('a loss that is not finite ranks alike as a number and as kept', () => {
  const live = epochsOf([5, Infinity], [5, 2]);
  const kept = epochsOf([5, Number.NaN], [5, 2]);
  expect([bestOf(live)?.epoch, bestOf(kept)?.epoch]).toEqual([2, 2]);
  expect(bestOf(epochsOf([5, Infinity], [5, Number.NaN]))?.epoch).toBe(1);
});

test('patience counts epochs since the best, and ends a run after an evaluation alone', () => {
  const waning = epochsOf([5, 1], [6, 1], [6, 1]);
  expect(isOutOfPatience(waning, 2)).toBe(true);
  expect(isOutOfPatience(waning, 3)).toBe(false);
  expect(isOutOfPatience(waning, 0)).toBe(false);
  expect(isOutOfPatience([...waning, ...epochsOf(null)], 2)).toBe(false);
  expect(isOutOfPatience([], 1)).toBe(false);
});

test('a run is finished after its last epoch or its patience', () => {
  const epochs = epochsOf([5, 1], [6, 1]);
  expect(isFinished(epochs, { epochs: 2, patience: 0 })).toBe(true);
  expect(isFinished(epochs, { epochs: 9, patience: 0 })).toBe(false);
  expect(isFinished(epochs, { epochs: 9, patience: 1 })).toBe(true);
});
