import { expect, test } from 'vitest';
import { errorOf } from '../halving.ts';
import { byDistance, marginalEffects, type Outcome, ranked } from './findings.ts';
import { placements } from './placements.ts';

/** Errors made of parts: a norm at the end takes 5 off, one in the middle 2, a first ReLU adds 1. */
const outcomes: Outcome[] = placements('before-relu').map((placement) => {
  const { norms, firstRelu } = placement;
  const error =
    20 -
    (norms.includes('last') ? 5 : 0) -
    (norms.includes('middle') ? 2 : 0) +
    (firstRelu ? 1 : 0);
  return { ...placement, mixing: 'shake-shake', errors: [error, error], diverged: 0 };
});

test('the marginal effects are the parts that the errors were made of', () => {
  const effects = marginalEffects(outcomes);
  const means = Object.fromEntries(effects.map(({ of, difference }) => [of, difference.mean]));
  expect(means).toEqual({ first: 0, middle: -2, last: -5, firstRelu: 1 });
  for (const { difference } of effects)
    expect(difference).toMatchObject({ count: 8, halfWidth: null });
  for (const { distinct, adjusted } of effects) expect([distinct, adjusted]).toEqual([null, null]);
});

test('errors by distance are means over the layouts', () => {
  const groups = byDistance(outcomes);
  expect(groups.map(({ distance, error }) => [distance, error.count, error.mean])).toEqual([
    [0, 8, 14.5],
    [1, 4, 18.5],
    [2, 2, 20.5],
    [null, 2, 20.5],
  ]);
});

test('the best come first, of equal ones the simpler', () => {
  const [best, second] = ranked(outcomes);
  expect([best.layout, errorOf(best)]).toEqual(['conv bn relu conv bn', 13]);
  expect([second.layout, errorOf(second)]).toEqual(['bn conv bn relu conv bn', 13]);
});

test('each law is looked at by itself', () => {
  const even = outcomes.map((outcome) => ({ ...outcome, mixing: 'even', errors: [7] }));
  const effects = marginalEffects([...even, ...outcomes]);
  expect(effects.filter(({ mixing }) => mixing === 'even').map((e) => e.difference.mean)).toEqual([
    0, 0, 0, 0,
  ]);
  expect(byDistance([...even, ...outcomes])).toHaveLength(8);
});

test('effects are judged as one family of all laws', () => {
  const noisy = (mixing: string, phase: number) =>
    outcomes.map((one, k) => ({
      ...one,
      mixing,
      errors: [one.errors[0] + Math.sin(phase + k * k)],
    }));
  const effects = marginalEffects([...noisy('even', 0), ...noisy('shake-shake', 1)]);
  expect(effects).toHaveLength(8);
  const lasts = effects.filter(({ of }) => of === 'last');
  expect(lasts.map(({ distinct }) => distinct)).toEqual([true, true]);
  expect(effects.filter(({ of }) => of === 'first').map(({ distinct }) => distinct)).toEqual([
    ...[false, false],
  ]);
  for (const { simultaneous, difference } of effects)
    expect(simultaneous!).toBeGreaterThan(1.4 * difference.halfWidth!);
});

test('pairs of layouts at chance are counted, not those of which one learns', () => {
  const marked = outcomes.map((one) => ({
    ...one,
    atChance: one.norms.includes('last') ? 0 : one.errors.length,
  }));
  const counts = marginalEffects(marked).map(({ of, atChance }) => [of, atChance]);
  expect(counts).toEqual([
    ['first', 4],
    ['middle', 4],
    ['last', 0],
    ['firstRelu', 4],
  ]);
  expect(marginalEffects(outcomes).map(({ atChance }) => atChance)).toEqual([0, 0, 0, 0]);
});
