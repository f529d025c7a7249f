import { expect, test } from 'vitest';
import { blob, embeddingOf } from '../../testkit/clouds.ts';
import { representation } from './representation.ts';

test('gathers every measure, in as many dimensions as there are', () => {
  const lifted = (x: number) => blob(x, 1, 0.2, 60).map(([a, b]) => [a, b, a * b, 1]);
  const embedding = embeddingOf([lifted(-3), lifted(3)], 4);
  const measured = representation(embedding, embedding, {
    predictions: Array.from(embedding.labels),
    classVectors: [-1, 0, 0, 0, 1, 0, 0, 0],
  });
  expect(measured.neighbourError).toBe(0);
  expect(measured.scatter.ratio).toBeLessThan(0.05);
  expect(measured.neuralCollapse.nearestCentre).toBe(0);
  expect(measured.neuralCollapse.duality).toBeLessThan(0.7);
  expect(measured.alignment).toBeLessThan(0.1);
  expect(measured.uniformity).toBeLessThan(-0.5);
});
