import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { pairedDifference, resampledDifference, welchDifference } from './difference.ts';

/** Table 1 of the paper: PreActBN and BN-Shake, three seeds each. */
const preActBn = [2.89, 3.0, 2.95];
const bnShake = [3.56, 3.76, 3.62];

const { differences } = statisticsFixture('comparisons');

test.each(differences)('agrees with scipy: $test of $left and $right', (expected) => {
  const { test, left, right, freedom, halfWidth, probability } = expected;
  const found = (test === 'paired' ? pairedDifference : welchDifference)(left, right);
  expect(found.untested).toBeNull();
  assertClose(
    [found.freedom!, found.halfWidth!, found.probability!],
    [freedom, halfWidth, probability],
    { relative: 1e-9 },
  );
});

describe('pairedDifference', () => {
  test('of differences −1, −2, −3: mean −2, t = −2√3 with 2 degrees of freedom', () => {
    const { difference, freedom, halfWidth, probability } = pairedDifference([1, 2, 3], [2, 4, 6]);
    expect([difference, freedom]).toEqual([-2, 2]);
    expect(halfWidth).toBeCloseTo(4.302653 / Math.sqrt(3), 5);
    // With two degrees of freedom P(|T| ≥ t) = 1 − t / √(2 + t²), here 1 − √(6/7).
    expect(probability).toBeCloseTo(1 - Math.sqrt(6 / 7), 12);
  });

  test('tells shifts that are the same for every seed from chance', () => {
    const paired = pairedDifference([10, 20, 30], [10.1, 20.11, 30.09]);
    expect(paired.probability).toBeLessThan(0.01);
    expect(welchDifference([10, 20, 30], [10.1, 20.11, 30.09]).probability).toBeGreaterThan(0.9);
  });
});

describe('welchDifference', () => {
  test('of Table 1, with degrees of freedom between those of either sample and both', () => {
    const { difference, freedom, halfWidth, probability } = welchDifference(preActBn, bnShake);
    expect(difference).toBeCloseTo(-0.7, 6);
    const [a, b] = [0.00303333 / 3, 0.0105333 / 3];
    expect(freedom).toBeCloseTo((a + b) ** 2 / (a ** 2 / 2 + b ** 2 / 2), 3);
    expect(halfWidth).toBeGreaterThan(2.776 * Math.sqrt(a + b));
    expect(halfWidth).toBeLessThan(4.303 * Math.sqrt(a + b));
    expect(probability).toBeLessThan(0.001 * 2);
  });

  test('takes samples of different size', () => {
    expect(welchDifference([1, 2, 3, 4], [1, 4]).difference).toBe(0);
  });

  test('with one side fixed is the test of the other', () => {
    const { freedom, probability } = welchDifference([1, 2, 4], [5, 5, 5, 5]);
    expect(freedom).toBeCloseTo(2, 12);
    expect(probability).toBeCloseTo(pairedDifference([1, 2, 4], [5, 5, 5]).probability!, 12);
  });
});

describe('resampledDifference', () => {
  test('widens the paired interval by √(1 + J n₂/n₁)', () => {
    const [left, right] = [samples(10, 0), samples(10, 3)];
    const [plain, wide] = [pairedDifference(left, right), resampledDifference(left, right, 1 / 9)];
    expect(wide.halfWidth! / plain.halfWidth!).toBeCloseTo(Math.sqrt(1 + 10 / 9), 12);
    expect([wide.freedom, wide.difference]).toEqual([plain.freedom, plain.difference]);
    expect(wide.probability).toBeGreaterThan(plain.probability!);
  });

  test('does not narrow to nothing as the folds are repeated', () => {
    const halfWidth = (repetitions: number) =>
      resampledDifference(samples(10 * repetitions, 0), samples(10 * repetitions, 3), 1 / 9)
        .halfWidth!;
    expect(halfWidth(100) / halfWidth(1)).toBeGreaterThan(0.4);
  });

  function samples(count: number, phase: number): number[] {
    return Array.from({ length: count }, (_, i) => 5 + Math.sin(i + phase));
  }
});

describe.each([
  ['paired', pairedDifference],
  ['welch', welchDifference],
  ['resampled', (a: number[], b: number[]) => resampledDifference(a, b, 0.25)],
] as const)('%s at its edges', (kind, compare) => {
  const nothing = { standardError: null, freedom: null, halfWidth: null, probability: null };

  test.each([
    ['nothing', [], [], null, 'too few values'],
    ['one value', [3], [1], 2, 'too few values'],
    ['one infinite value', [Number.POSITIVE_INFINITY], [1], null, 'too few values'],
    ['no spread, and a difference', [1, 1], [2, 2], -1, 'no spread'],
    ['no spread at all', [1, 1], [1, 1], 0, 'no spread'],
    ['an infinite value', [1, Number.POSITIVE_INFINITY], [1, 2], null, 'not finite'],
    ['infinite values that pair', [Infinity, Infinity], [Infinity, Infinity], null, 'not finite'],
    ['NaN', [1, Number.NaN], [1, 2], null, 'not finite'],
    ['values whose squares overflow', [1e200, -1e200], [0, 0], 0, 'not finite'],
  ] as const)('of %s is untested', (_, left, right, difference, untested) => {
    const found = compare([...left], [...right]);
    expect(found).toEqual({
      ...nothing,
      ...{ test: kind, untested, difference: difference === 0 ? expect.closeTo(0) : difference },
    });
  });

  test('a spread of rounding alone is none', () => {
    const left = [0.3, 0.3, 0.1 + 0.2];
    expect(compare(left, [0.1, 0.1, 0.1]).untested).toBe('no spread');
  });

  test('values of any scale have one probability', () => {
    const probability = (scale: number) =>
      compare(
        [3, 5, 4].map((x) => x * scale),
        [1, 4, 2].map((x) => x * scale),
      ).probability!;
    for (const scale of [1e-100, 1e-9, 1e9, 1e100])
      expect(probability(scale) / probability(1)).toBeCloseTo(1, 9);
  });
});
