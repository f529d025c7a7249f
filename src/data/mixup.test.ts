import { expect, test } from 'vitest';
import { assertDistribution, assertUncorrelated } from '../../testkit/distribution.ts';
import { augmentationSize, partnerPlace } from './augmentation.ts';
import { drawMixup } from './mixup.ts';

function draw(step: number, samples = 16, alpha = 1) {
  const out = new Int32Array(samples * augmentationSize);
  const share = drawMixup({ seed: 1, step, alpha }, samples, out);
  const partners = Array.from(
    { length: samples },
    (_, i) => out[i * augmentationSize + partnerPlace],
  );
  return { share, partners, out };
}

test('every image is the partner of one, in another order at every step', () => {
  const { partners, out } = draw(0);
  expect([...partners].sort((a, b) => a - b)).toEqual(Array.from(Array(16).keys()));
  expect(draw(1).partners).not.toEqual(partners);
  expect(out.filter((_, i) => i % augmentationSize !== partnerPlace).every((x) => x === 0)).toBe(
    true,
  );
});

test('the share follows Beta(α, α), independent from step to step', () => {
  const shares = Array.from({ length: 4000 }, (_, step) => draw(step, 1, 0.5).share);
  assertDistribution(shares, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)));
  assertUncorrelated(shares.slice(1), shares.slice(0, -1));
});

test('is fixed by seed and step', () => {
  expect(draw(5)).toEqual(draw(5));
});
