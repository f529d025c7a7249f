import { expect, test } from 'vitest';
import { assertDistribution, assertUncorrelated } from '../../testkit/distribution.ts';
import { assertMoments, drawLaw, evaluateLaw } from '../../testkit/drawLaw.ts';

const perImage = 'shake-drop:gate=image';
const alone = { branches: 1, block: 8 };

/** α and β of the samples whose gate is closed: an open one leaves both at 1. */
function closed(text: string) {
  const { forward, backward } = drawLaw(text, alone);
  const shut = forward.map((x, i) => Number(x !== 1 || backward[i] !== 1));
  const pick = (values: Float32Array) => values.filter((_, i) => shut[i]);
  return {
    alpha: pick(forward),
    beta: pick(backward),
    share: pick(forward).length / forward.length,
  };
}

test('half of the last block is scaled by α in [−1, 1] forward, β in [0, 1] backward', () => {
  const { alpha, beta, share } = closed(perImage);
  expect(Math.abs(share - 0.5)).toBeLessThan(0.02);
  assertDistribution(alpha, (x) => (x + 1) / 2);
  assertDistribution(beta, (x) => x);
  assertUncorrelated(alpha, beta);
});

test('alpha and beta set the ranges', () => {
  const { alpha, beta } = closed(`${perImage},alpha=0.5,beta=2`);
  assertDistribution(alpha, (x) => x + 0.5);
  assertDistribution(beta, (x) => x / 2);
});

test('moments of b + α − bα in block l of L: mean p, variance p (1 − p) + (1 − p) / 3', () => {
  for (const block of [0, 4, 8]) {
    const p = 1 - ((block + 1) / 9) * 0.5;
    const { forward, backward } = drawLaw(perImage, { branches: 1, block });
    assertMoments(forward, { mean: p, variance: p * (1 - p) + (1 - p) / 3 });
    const mean = p + (1 - p) / 2;
    assertMoments(backward, { mean, variance: p + (1 - p) / 3 - mean ** 2 });
    expect(evaluateLaw(perImage, { branches: 1, block, samples: 1 })[0]).toBeCloseTo(p, 6);
  }
});

test('the gate is one for the batch by default, α one for each image', () => {
  const steps = Array.from({ length: 400 }, (_, step) =>
    drawLaw('shake-drop', { ...alone, step, samples: 16 }),
  );
  const sizes = steps.map(({ forward }) => new Set(forward).size);
  expect(new Set(sizes)).toEqual(new Set([1, 16]));
  const open = sizes.filter((size) => size === 1).length;
  expect(Math.abs(open / 400 - 0.5)).toBeLessThan(0.1);
});

test('the branches of a block share the gate and the scale', () => {
  const one = drawLaw(perImage, { branches: 1, samples: 64 }).forward;
  const three = drawLaw(perImage, { branches: 3, samples: 64 }).forward;
  for (const [i, x] of three.entries()) expect(x).toBeCloseTo(one[i % 64] / 3, 6);
});
