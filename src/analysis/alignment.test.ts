import { expect, test } from 'vitest';
import { blob, embeddingOf } from '../../testkit/clouds.ts';
import { alignment } from './alignment.ts';
import { unitFeatures } from './unit.ts';

test('by hand: one direction is 0, a right angle 2, opposite 4', () => {
  expect(
    alignment(
      embeddingOf([
        [
          [1, 0],
          [5, 0],
        ],
      ]),
    ),
  ).toBeCloseTo(0, 10);
  expect(
    alignment(
      embeddingOf([
        [
          [1, 0],
          [0, 3],
        ],
      ]),
    ),
  ).toBeCloseTo(2, 10);
  expect(
    alignment(
      embeddingOf([
        [
          [1, 0],
          [-2, 0],
        ],
      ]),
    ),
  ).toBeCloseTo(4, 10);
});

test('is the mean over all pairs of a label, visited one by one', () => {
  const embedding = embeddingOf([blob(1, 0, 1, 40), blob(0, 2, 1, 25)]);
  const { features, labels, count } = unitFeatures(embedding);
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (labels[i] !== labels[j]) continue;
      pairs++;
      sum +=
        (features[2 * i] - features[2 * j]) ** 2 + (features[2 * i + 1] - features[2 * j + 1]) ** 2;
    }
  }
  expect(alignment(embedding)).toBeCloseTo(sum / pairs, 6);
});

test('a sample at the origin has no direction, a class of one no pair', () => {
  expect(
    alignment(
      embeddingOf([
        [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
        [[1, 1]],
      ]),
    ),
  ).toBeCloseTo(0, 10);
  expect(alignment(embeddingOf([[[1, 0]], [[0, 1]]]))).toBeNull();
});
