import { expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { randomStream } from '../random/index.ts';
import { pairedDifference } from './difference.ts';
import { pairedDetectable, pairedPower, pairedSeeds, welchPower, welchSeeds } from './power.ts';

const { powers, welchPowers } = statisticsFixture('comparisons');

test('the power of the paired test agrees with statsmodels', () => {
  expect(powers.length).toBeGreaterThan(40);
  for (const [difference, count, level, power] of powers)
    expect(pairedPower({ difference, deviation: 1, level }, count)).toBeCloseTo(power, 9);
});

test('the power of Welch’s agrees with an adaptive integral in scipy', () => {
  expect(welchPowers.length).toBeGreaterThan(20);
  for (const [difference, left, right, count, level, power] of welchPowers)
    expect(welchPower({ difference, deviations: [left, right], level }, count)).toBeCloseTo(
      power,
      8,
    );
});

test('without a difference it is the level, with one seed there is none', () => {
  expect(pairedPower({ difference: 0, deviation: 2 }, 7)).toBeCloseTo(0.05, 9);
  expect(pairedPower({ difference: 3, deviation: 2 }, 1)).toBeNull();
  expect(welchPower({ difference: 3, deviations: [1, 2] }, 1)).toBeNull();
});

test('with one side fixed Welch’s is the paired test', () => {
  expect(welchPower({ difference: 1, deviations: [2, 0] }, 9)).toBeCloseTo(
    pairedPower({ difference: 1, deviation: 2 }, 9)!,
    8,
  );
});

test('the fewest seeds: 34 for half a deviation, 64 a side unpaired, as in Cohen’s tables', () => {
  expect(pairedSeeds({ difference: 0.5, deviation: 1 })).toBe(34);
  expect(welchSeeds({ difference: 0.5, deviations: [1, 1] })).toBe(64);
  expect(welchSeeds({ difference: 0.8, deviations: [1, 1] })).toBe(26);
});

test.each([0.01, 0.3, -2, 10, 1e3])('a difference of %d needs just so many', (difference) => {
  const sought = { difference, deviation: 1 };
  const seeds = pairedSeeds(sought)!;
  expect(pairedPower(sought, seeds)).toBeGreaterThanOrEqual(0.8);
  if (seeds > 2) expect(pairedPower(sought, seeds - 1)).toBeLessThan(0.8);
});

test('no number of seeds finds a difference of 0', () => {
  expect(pairedSeeds({ difference: 0, deviation: 1 })).toBeNull();
  expect(welchSeeds({ difference: 1e-9, deviations: [1, 3] })).toBeNull();
});

test('so often does the paired test find it', () => {
  const stream = randomStream(1, 'test/power');
  const [difference, count, cases] = [1.2, 6, 3000];
  const zeros = Array<number>(count).fill(0);
  let found = 0;
  for (let i = 0; i < cases; i++) {
    const left = zeros.map(() => difference + stream.normal());
    if (pairedDifference(left, zeros).probability! <= 0.05) found++;
  }
  const expected = pairedPower({ difference, deviation: 1 }, count)!;
  expect(Math.abs(found / cases - expected)).toBeLessThan(4 * Math.sqrt(0.25 / cases));
});

test('what a number of seeds can find is what asks for that number', () => {
  expect(pairedDetectable(1)).toBeNull();
  for (const [count, level] of [
    [3, 0.05],
    [10, 0.05],
    [5, 0.002],
  ]) {
    const difference = pairedDetectable(count, level)!;
    expect(pairedSeeds({ difference: 1.0001 * difference, deviation: 1, level })).toBe(count);
    expect(pairedSeeds({ difference: 0.9999 * difference, deviation: 1, level })).toBe(count + 1);
  }
});
