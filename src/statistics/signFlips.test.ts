import { describe, expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { randomStream } from '../random/index.ts';
import { signFlipTest } from './signFlips.ts';

const { signFlips } = statisticsFixture('comparisons');

/** Every choice of signs, one by one. */
function counted(differences: readonly number[]): number {
  const reach = Math.abs(differences.reduce((sum, d) => sum + d, 0)) - 1e-9;
  let beyond = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    const sum = differences.reduce((total, d, i) => total + ((signs >> i) & 1 ? d : -d), 0);
    if (Math.abs(sum) >= reach) beyond++;
  }
  return beyond / 2 ** differences.length;
}

const drawn = (count: number, shift: number): number[] => {
  const stream = randomStream(count, 'test/signs');
  return Array.from({ length: count }, () => shift + stream.normal());
};

test.each(signFlips)('of %j is %d, as scipy has it', (differences, probability) => {
  expect(signFlipTest(differences, 1).probability).toBeCloseTo(probability, 12);
});

test.each([1, 2, 3, 5, 8, 11])('of %d differences is what counting one by one gives', (count) => {
  for (const shift of [0, 0.5, 3]) {
    const differences = drawn(count, shift);
    expect(signFlipTest(differences, 1).probability).toBeCloseTo(counted(differences), 12);
  }
});

test('ties count as far: 0.1 + 0.2 − 0.3 and its like', () => {
  expect(signFlipTest([0.1, 0.2, -0.3], 1).probability).toBe(1);
  expect(signFlipTest([0.1, 0.2, 0.3, 0.3], 1).probability).toBe(2 / 16);
  expect(signFlipTest([1, 1, 1, 1, 1], 1)).toEqual({
    ...{ probability: 1 / 16, least: 1 / 16, exhaustive: true },
  });
});

test('differences of 0 flip into themselves', () => {
  expect(signFlipTest([0, 0, 0], 1).probability).toBe(1);
  expect(signFlipTest([0, 2, 3], 1).probability).toBe(0.5);
});

test('all of one sign reach the least p, of any scale', () => {
  for (const scale of [1e-300, 1, 1e300]) {
    const { probability, least } = signFlipTest(
      [3, 1, 4, 1, 5, 9].map((d) => d * scale),
      1,
    );
    expect([probability, least]).toEqual([2 ** -5, 2 ** -5]);
  }
});

test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY, 2]]])(
  '%j is untested',
  (values) => {
    expect(signFlipTest(values, 1).probability).toBeNull();
  },
);

describe('more than twenty differences', () => {
  const differences = drawn(21, 0.35);

  test('are drawn, near what counting gives', () => {
    const found = signFlipTest(differences, 7);
    expect(found).toMatchObject({ exhaustive: false, least: 1 / 100_000 });
    const p = counted(differences);
    expect(Math.abs(found.probability! - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 99_999));
  });

  test('by the seed, and never with p = 0', () => {
    expect(signFlipTest(differences, 7, 999)).toEqual(signFlipTest(differences, 7, 999));
    expect(signFlipTest(differences, 8, 999)).not.toEqual(signFlipTest(differences, 7, 999));
    expect(signFlipTest(Array(40).fill(1), 1, 99).probability).toBe(1 / 100);
  });
});

test('under its own hypothesis p ≤ 0.25 in a quarter of all cases', () => {
  const stream = randomStream(1, 'test/level');
  let [said, cases] = [0, 2000];
  for (let i = 0; i < cases; i++) {
    const { probability } = signFlipTest(
      Array.from({ length: 7 }, () => stream.normal()),
      i,
    );
    if (probability! <= 0.25) said++;
  }
  expect(Math.abs(said / cases - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / cases));
});
