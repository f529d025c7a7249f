import { expect, test } from 'vitest';
import { decayFor } from './decay.ts';

test.each([
  [10, 0, 1e-4],
  [10, 10, 1e-4],
  [10, 40, 2e-4],
  [90, 10, 1e-4 / 3],
  [1, 1800, 1e-3],
  [1800, 1, 1e-5],
])('%d epochs of a decay meant for %d', (epochs, meantFor, decay) => {
  expect(decayFor(1e-4, epochs, meantFor)).toBeCloseTo(decay, 12);
});

test('is λ_norm √(b / (B T)), whatever the batch and the images', () => {
  const [batch, images] = [64, 5000];
  const norm = 2e-4 * Math.sqrt((images * 100) / batch);
  expect(decayFor(2e-4, 25, 100)).toBeCloseTo(norm * Math.sqrt(batch / (images * 25)), 15);
});
