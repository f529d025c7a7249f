import { describe, expect, test } from 'vitest';
import { estimate } from '../../statistics/estimate.ts';
import type { Outcome } from '../curves/summary.ts';
import { extrapolationOf } from './extrapolation.ts';
import { errorAt } from './powerLaw.ts';

const law = { floor: 3, scale: 60, power: 0.9 };

const outcome = (at: number, errors: number[], atChance = 0): Outcome => ({
  ...{ at, layout: 'preact-bn', recipe: 'shaken', errors, error: estimate(errors), atChance },
});

/** Three seeds that err as the law says. */
const learned = (at: number) => outcome(at, Array(3).fill(errorAt(law, at)));

describe('a law is fitted to what nets learned', () => {
  test('budgets at chance do not bend it', () => {
    const four = [4, 8, 16, 32].map(learned);
    const found = extrapolationOf([outcome(1, [90, 89.9, 90.1], 3), ...four])!;
    expect(found).toEqual(extrapolationOf(four));
    expect(found.law.power).toBeCloseTo(law.power, 9);
    expect(found.predictions.map(({ epochs }) => epochs)).toEqual([64, 128]);
    expect(found.predictions[0].error).toBeCloseTo(errorAt(law, 64), 6);
  });

  test('nor does a budget of which one net stayed there, the longest neither', () => {
    const four = [4, 8, 16, 32].map(learned);
    const error = errorAt(law, 64);
    const found = extrapolationOf([...four, outcome(64, [error, error, 90], 1)])!;
    expect(found.check.epochs).toBe(32);
    expect(found.law.power).toBeCloseTo(law.power, 9);
  });

  test('fewer than four that are left give none', () => {
    const three = [8, 16, 32].map(learned);
    expect(extrapolationOf([outcome(4, [90, 90, 90], 3), ...three])).toBeNull();
    expect(extrapolationOf([learned(4), ...three])).not.toBeNull();
  });

  test('an error of 0 gives none', () => {
    expect(extrapolationOf([...[4, 8, 16].map(learned), outcome(32, [0, 1, 1])])).toBeNull();
  });
});

test('one seed has no interval of what its law says', () => {
  const found = extrapolationOf([4, 8, 16, 32].map((at) => outcome(at, [errorAt(law, at)])))!;
  expect(found.predictions).toEqual(
    [64, 128].map((epochs) => ({
      ...{ epochs, low: null, high: null },
      error: expect.closeTo(errorAt(law, epochs), 9),
    })),
  );
});
