import { describe, expect, test } from 'vitest';
import { pairedDifference, welchDifference } from './difference.ts';

/** Table 1 of the paper: PreActBN and BN-Shake, three seeds each. */
const preActBn = [2.89, 3.0, 2.95];
const bnShake = [3.56, 3.76, 3.62];

describe('pairedDifference', () => {
  test('of differences −1, −2, −3: mean −2, t = −2√3 with 2 degrees of freedom', () => {
    const { difference, freedom, halfWidth, probability } = pairedDifference([1, 2, 3], [2, 4, 6]);
    expect([difference, freedom]).toEqual([-2, 2]);
    expect(halfWidth).toBeCloseTo(4.302653 / Math.sqrt(3), 5);
    // With two degrees of freedom P(|T| ≥ t) = 1 − t / √(2 + t²), here 1 − √(6/7).
    expect(probability).toBeCloseTo(1 - Math.sqrt(6 / 7), 6);
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

  test('without any spread is sure of a difference, and of none', () => {
    expect(welchDifference([1, 1], [2, 2])).toMatchObject({ halfWidth: 0, probability: 0 });
    expect(welchDifference([1, 1], [1, 1])).toMatchObject({ halfWidth: 0, probability: 1 });
  });
});
