import { describe, expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { randomStream } from '../random/index.ts';
import { properScores } from './predictions.ts';
import { fitTemperature } from './temperature.ts';

const fixture = { ...statisticsFixture('classes'), classes: 4 };

/** Logits from which labels are drawn as they state, times a factor. */
function stated(factor: number, count = 4000) {
  const stream = randomStream(1, 'test/temperature');
  const logits = Float64Array.from({ length: 3 * count }, () => 2 * stream.normal());
  const labels = Array.from({ length: count }, (_, sample) => {
    const own = [...logits.subarray(3 * sample, 3 * sample + 3)].map(Math.exp);
    const place = stream.uniform() * (own[0] + own[1] + own[2]);
    return place < own[0] ? 0 : place < own[0] + own[1] ? 1 : 2;
  });
  return { logits: logits.map((z) => factor * z), labels, classes: 3 };
}

test('agrees with scipy’s minimum', () => {
  const { temperature, before, after, unfit } = fitTemperature(fixture);
  expect(temperature! / fixture.temperature).toBeCloseTo(1, 5);
  expect(after).toBeCloseTo(fixture.fittedLoss, 10);
  expect(before).toBeCloseTo(fixture.logLoss, 10);
  expect(unfit).toBeNull();
});

test.each([1e-6, 0.2, 1, 7, 1e8])('finds the factor %d by which logits are off', (factor) => {
  const { temperature } = fitTemperature(stated(factor));
  expect(Math.abs(temperature! / factor - 1)).toBeLessThan(0.08);
});

test('no temperature beside it has a lower loss', () => {
  const { temperature, after } = fitTemperature(stated(3));
  for (const share of [0.5, 0.9, 0.99, 1.01, 1.1, 2])
    expect(properScores(stated(3), temperature! * share)!.logLoss).toBeGreaterThan(after!);
});

describe('has none', () => {
  const nothing = { temperature: null, after: null };

  test('without samples', () => {
    const found = fitTemperature({ logits: [], labels: [], classes: 2 });
    expect(found).toEqual({ ...nothing, before: null, unfit: 'no samples' });
  });

  test.each([
    ['all right', [3, 0, 0, 1], [0, 1], 'no errors'],
    ['all wrong', [3, 0, 0, 1], [1, 0], 'no better than guessing'],
    ['all logits alike', [2, 2, 5, 5], [1, 0], 'no better than guessing'],
    ['one class', [1, 2], [0, 0], 'no better than guessing'],
  ] as const)('where %s', (what, logits, labels, unfit) => {
    const classes = what === 'one class' ? 1 : 2;
    expect(fitTemperature({ logits, labels, classes })).toMatchObject({ ...nothing, unfit });
  });
});
