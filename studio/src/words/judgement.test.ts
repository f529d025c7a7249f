import { expect, test } from 'vitest';
import { errorText, shownError } from './judgement.ts';

const trained = { epoch: 3, trainLoss: 1, trainError: 20 };

test('a run is known by its test, by its validation until it has ended, or by nothing', () => {
  const losses = { validationLoss: 1, testLoss: 1 };
  const best = { ...trained, ...losses, epoch: 2, validationError: 4, testError: 5 };
  expect(shownError({ best: null, lastEpoch: null })).toBeNull();
  expect(errorText({ best: null, lastEpoch: trained })).toBe('–');
  const validated = { ...trained, validationLoss: 1, validationError: 6 };
  expect(shownError({ best: null, lastEpoch: validated })).toEqual({
    title: 'Validation error',
    error: 6,
  });
  expect(errorText({ best: null, lastEpoch: validated })).toBe('6.00 % val.');
  expect(errorText({ best, lastEpoch: validated })).toBe('5.00 %');
  expect(errorText({ best: null, lastEpoch: { ...trained, testError: 7 } })).toBe('7.00 %');
});
