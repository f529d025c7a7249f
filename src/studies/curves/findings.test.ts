import { expect, it } from 'vitest';
import { estimate } from '../../statistics/estimate.ts';
import { curvesOf } from './findings.ts';
import type { Outcome } from './summary.ts';
import { answers } from './words.ts';

/** Errors of two seeds at a point; of nets at chance where they are so large. */
const outcome = (at: number, recipe: string, errors: number[]): Outcome => ({
  ...{ at, layout: 'preact-bn', recipe, errors, error: estimate(errors) },
  atChance: errors.filter((error) => error > 85).length,
});

const arms = { layouts: ['preact-bn'], recipes: ['plain', 'shaken'] };

it('finds no crossing of nets that guess', () => {
  const guessed = [outcome(1, 'plain', [90, 89]), outcome(1, 'shaken', [89, 87])];
  const learned = [
    ...[outcome(2, 'plain', [50, 51]), outcome(2, 'shaken', [60, 61])],
    ...[outcome(4, 'plain', [20, 21]), outcome(4, 'shaken', [30, 31])],
  ];
  const { crossings, effects } = curvesOf([...guessed, ...learned], arms, 10_000);
  expect(crossings).toMatchObject([{ recipe: 'shaken', at: null, without: 1 }]);
  expect(effects[0].contrast.unjudged).toBe('at chance');
  const [crossed] = curvesOf(
    [...learned, outcome(8, 'plain', [9, 9]), outcome(8, 'shaken', [1, 1])],
    arms,
    10_000,
  ).crossings;
  expect(crossed.at).toBeGreaterThan(4);
  expect(crossed.at).toBeLessThan(8);
});

it('looks for no crossing at a single point', () => {
  const one = [outcome(2, 'plain', [50, 51]), outcome(2, 'shaken', [60, 61])];
  const found = curvesOf(one, arms, 10_000);
  expect(found.crossings).toEqual([]);
  expect(answers(found, 'epochs')[0].text).not.toContain('cross');
});

it('tells nothing apart that lies within two standard errors of the test images', () => {
  const near = [outcome(2, 'plain', [3, 3.01, 3.02]), outcome(2, 'shaken', [3.4, 3.4, 3.42])];
  const [{ contrast }] = curvesOf(near, arms, 10_000).effects;
  // numpy: 2 √(σ₁² + σ₂²), σ a mean over seeds of √(p (1 − p) / 10,000).
  expect(contrast.samplingNoise).toBeCloseTo(0.49839740902510266, 9);
  expect(contrast).toMatchObject({ sign: 0, seedsToTell: null });
  expect(curvesOf(near, arms, 1_000_000).effects[0].contrast.sign).toBe(1);
});
