import { expect, test } from 'vitest';
import { epochsBetween, isEvaluated } from './evaluations.ts';

test('large training sets are evaluated after every epoch, small ones seldom', () => {
  expect(epochsBetween('auto', 60_000, 10_000)).toBe(1);
  expect(epochsBetween('auto', 1024, 10_000)).toBe(17);
  expect(epochsBetween('auto', 922, 102)).toBe(1);
  expect(epochsBetween(3, 1024, 10_000)).toBe(3);
});

test('evaluating by itself costs at most a fifth of the training, but for the last epoch', () => {
  for (const trained of [16, 100, 1024, 60_000])
    for (const evaluated of [1, 100, 10_000, 60_000]) {
      const between = epochsBetween('auto', trained, evaluated);
      expect(evaluated / 3 / (between * trained)).toBeLessThanOrEqual(0.2 + 1e-12);
    }
});

test('the last epoch is evaluated whatever the schedule', () => {
  const evaluated = Array.from({ length: 10 }, (_, i) => i + 1).filter((epoch) =>
    isEvaluated(epoch, 10, 4),
  );
  expect(evaluated).toEqual([4, 8, 10]);
});
