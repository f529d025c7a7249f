import { expect, test } from 'vitest';
import { assertDistribution, assertUncorrelated } from '../../testkit/distribution.ts';
import { assertMoments, coefficientsOf, drawLaw, evaluateLaw } from '../../testkit/drawLaw.ts';

const always = 'stochastic-shake-shake:last=1,negative=0.5,gate=image';

test('a shaken pair is a convex combination, as often negative as asked', () => {
  const { forward, backward } = drawLaw(always);
  const [first, second] = [0, 1].map((branch) => coefficientsOf(forward, { branch }));
  const sums = first.map((x, i) => Math.round((x + second[i]) * 1e5) / 1e5);
  expect(new Set(sums)).toEqual(new Set([-1, 1]));
  assertMoments(sums, { mean: 0, variance: 1 });
  assertDistribution(first, (x) => (x + 1) / 2);
  assertUncorrelated(first, coefficientsOf(backward));
});

test('a relaxed block is even, forward and backward together', () => {
  const { forward, backward } = drawLaw('stochastic-shake-shake:gate=image', { block: 8 });
  const relaxed = Array.from(coefficientsOf(forward), (x) => x === 0.5);
  expect(Array.from(coefficientsOf(backward), (x) => x === 0.5)).toEqual(relaxed);
  const share = relaxed.filter(Boolean).length / relaxed.length;
  expect(Math.abs(share - 0.5)).toBeLessThan(0.02);
});

test.each([2, 3, 4])('moments of %i branches: mean (1 − 2νp) / N', (branches) => {
  const text = 'stochastic-shake-shake:gate=image,negative=0.3,last=0.4';
  const p = 1 - (8 / 9) * 0.6;
  const mean = (1 - 2 * 0.3 * p) / branches;
  const { forward, backward } = drawLaw(text, { branches });
  const square = (p * 2) / (branches * (branches + 1)) + (1 - p) / branches ** 2;
  for (const values of [forward, backward])
    assertMoments(coefficientsOf(values, { branch: 1, branches }), {
      mean,
      variance: square - mean ** 2,
    });
  expect(evaluateLaw(text, { branches, samples: 1 })[0]).toBeCloseTo(mean, 6);
});

test('gate and level may be shared by the batch, each by itself', () => {
  const { forward } = drawLaw('stochastic-shake-shake:last=1,level=batch', { samples: 16 });
  expect(new Set(forward.subarray(0, 16)).size).toBe(1);
  const images = drawLaw('stochastic-shake-shake:last=1', { samples: 16 }).forward;
  expect(new Set(images.subarray(0, 16)).size).toBe(16);
});
