import { describe, expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { randomStream } from '../random/index.ts';
import { calibrationError, equalMassGroups, equalWidthGroups, reliability } from './calibration.ts';
import { type TopPrediction, topPredictions } from './predictions.ts';

const fixture = statisticsFixture('classes');
const top = topPredictions({ ...fixture, classes: 4 });

/** Predictions of the given confidences, right with the confidence to a power. */
function drawn(count: number, power = 1): TopPrediction[] {
  const stream = randomStream(count, 'test/calibration');
  return Array.from({ length: count }, (_, sample) => {
    const confidence = 0.5 + stream.uniform() / 2;
    const label = stream.bernoulli(confidence ** power) ? 1 : 0;
    return { sample, label, predicted: 1, confidence };
  });
}

const at = (confidences: number[]): TopPrediction[] =>
  confidences.map((confidence, sample) => ({ sample, label: 0, predicted: 0, confidence }));

test('the error of ten bins agrees with NumPy', () => {
  const { error } = calibrationError(equalWidthGroups(top, 10), 1)!;
  expect(error).toBeCloseTo(fixture.calibrationError, 12);
});

describe('groups', () => {
  test('of equal width hold their confidences, 1 in the last', () => {
    const groups = equalWidthGroups(at([0, 0.25, 0.5, 0.99, 1]), 4);
    expect(groups.map(({ members }) => members.map(({ sample }) => sample))).toEqual([
      [0],
      [1],
      [2],
      [3, 4],
    ]);
  });

  test('of equal mass differ by one, and lose none', () => {
    const groups = equalMassGroups(drawn(103), 10);
    const sizes = groups.map(({ members }) => members.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(103);
    for (let k = 1; k < groups.length; k++)
      expect(groups[k].low).toBeGreaterThan(groups[k - 1].high);
  });

  test('of equal mass keep equal confidences together', () => {
    const sizes = (confidences: number[]) =>
      equalMassGroups(at(confidences), 3).map(({ members }) => members.length);
    expect(sizes([1, 1, 1, 1, 1, 1])).toEqual([6]);
    expect(sizes([0.5, 1, 1, 1, 1, 1])).toEqual([6]);
    expect(sizes([0.5, 0.6, 1, 1, 1, 1])).toEqual([2, 4]);
    expect(sizes([0.7])).toEqual([1]);
    expect(sizes([])).toEqual([]);
  });
});

test('an empty bar has no confidence and no accuracy', () => {
  const bars = reliability(equalWidthGroups(at([0.9, 0.8]), 2));
  expect(bars[0]).toEqual({ low: 0, high: 0.5, count: 0, confidence: null, accuracy: null });
  expect(bars[1].confidence).toBeCloseTo(0.85, 12);
  expect(bars[1].accuracy!.share).toBe(1);
});

describe('calibrationError', () => {
  test('of a calibrated model is what chance makes of it', () => {
    for (const groups of [equalWidthGroups, equalMassGroups]) {
      const { error, ofCalibrated, limit } = calibrationError(groups(drawn(400)), 1)!;
      expect(ofCalibrated).toBeGreaterThan(0.02);
      expect(ofCalibrated).toBeLessThan(limit);
      expect(error).toBeLessThan(limit);
    }
  });

  test('of one that is too sure of itself is more', () => {
    const { error, ofCalibrated, limit } = calibrationError(equalMassGroups(drawn(4000, 2)), 1)!;
    expect(error).toBeGreaterThan(limit);
    // E c − c² for c uniform in [½, 1].
    expect(Math.abs(error - 1 / 6)).toBeLessThan(0.03);
    expect(ofCalibrated).toBeLessThan(0.03);
  });

  test('has a bias that falls with the samples, and stays below its limit in 95 of 100', () => {
    const bias = (count: number) => calibrationError(equalWidthGroups(drawn(count)), 1, 200)!;
    expect(bias(6400).ofCalibrated / bias(400).ofCalibrated).toBeCloseTo(1 / 4, 1);
    const above = Array.from({ length: 100 }, (_, i) => bias(100 + i)).filter(
      ({ error, limit }) => error > limit,
    );
    expect(above.length).toBeLessThan(5 + 4 * Math.sqrt(4.75));
  });

  test('is repeated by its seed; null without samples', () => {
    const groups = equalWidthGroups(top);
    expect(calibrationError(groups, 3)).toEqual(calibrationError(groups, 3));
    expect(calibrationError(groups, 4)).not.toEqual(calibrationError(groups, 3));
    expect(calibrationError(equalWidthGroups([]), 1)).toBeNull();
    expect(calibrationError(equalMassGroups([]), 1)).toBeNull();
  });

  test('of sure and right predictions is 0', () => {
    expect(calibrationError(equalWidthGroups(at([1, 1])), 1)).toEqual({
      ...{ error: 0, ofCalibrated: 0, limit: 0 },
    });
  });
});
