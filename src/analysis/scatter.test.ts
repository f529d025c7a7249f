import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { embeddingOf } from '../../testkit/clouds.ts';
import { betweenMatrix, centredClasses, scatter, withinMatrix } from './scatter.ts';

// Two classes about (0, 0) and (8, 0): deviations (±1, 0) and (0, ±2); the mean is (4, 0).
const embedding = embeddingOf([
  [
    [-1, 0],
    [1, 0],
  ],
  [
    [8, 2],
    [8, -2],
  ],
]);

test('within and between, by hand', () => {
  assertClose(withinMatrix(embedding).to1DArray(), [0.5, 0, 0, 2]);
  assertClose(betweenMatrix(centredClasses(embedding)).to1DArray(), [16, 0, 0, 0]);
  expect(scatter(embedding)).toEqual({ within: 2.5, between: 16, ratio: 2.5 / 16 });
});

test('an empty class counts for nothing; one class alone has no ratio', () => {
  const withEmpty = embeddingOf([[[1, 1]], [], [[3, 1]]]);
  expect(scatter(withEmpty)).toEqual({ within: 0, between: 1, ratio: 0 });
  expect(scatter(embeddingOf([[[1, 1]]])).ratio).toBeNull();
});

test('three dimensions: the matrices are symmetric', () => {
  const points = [
    [1, 2, 3],
    [2, 0, 5],
    [0, 1, 1],
  ];
  const within = withinMatrix(embeddingOf([points], 3));
  expect(within.isSymmetric()).toBe(true);
  expect(within.get(0, 2)).toBeCloseTo(4 / 3, 10);
});
