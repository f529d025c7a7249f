import { expect, test } from 'vitest';
import { assertUncorrelated } from '../../testkit/distribution.ts';
import { assertMoments, drawLaw, evaluateLaw } from '../../testkit/drawLaw.ts';

const perImage = 'stochastic-depth:gate=image';

test('block l of L is kept with probability 1 − (l / L)(1 − p_L), the same forward and backward', () => {
  for (const block of [0, 4, 8]) {
    const p = 1 - ((block + 1) / 9) * 0.5;
    const { forward, backward } = drawLaw(perImage, { branches: 1, block });
    expect(new Set(forward)).toEqual(new Set([0, 1]));
    assertMoments(forward, { mean: p, variance: p * (1 - p) });
    expect(backward).toEqual(forward);
    expect(evaluateLaw(perImage, { branches: 1, block, samples: 1 })[0]).toBeCloseTo(p, 6);
  }
});

test('last is the chance of the last block: never at 0, always at 1', () => {
  const kept = (last: number) =>
    drawLaw(`${perImage},last=${last}`, { branches: 1, block: 8, samples: 64 }).forward;
  expect(new Set(kept(0))).toEqual(new Set([0]));
  expect(new Set(kept(1))).toEqual(new Set([1]));
});

test('blocks and steps are independent', () => {
  const { forward } = drawLaw(perImage, { branches: 1 });
  assertUncorrelated(forward, drawLaw(perImage, { branches: 1, block: 6 }).forward);
  assertUncorrelated(forward, drawLaw(perImage, { branches: 1, step: 1 }).forward);
});

test('a batch shares its gate by default; N branches count 1/N each', () => {
  for (let step = 0; step < 20; step++) {
    const { forward } = drawLaw('stochastic-depth', { branches: 4, samples: 16, step });
    expect(new Set(forward).size).toBe(1);
    expect([0, 0.25]).toContain(forward[0]);
  }
});
