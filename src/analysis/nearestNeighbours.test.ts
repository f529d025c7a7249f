import { expect, test } from 'vitest';
import { blob, embeddingOf } from '../../testkit/clouds.ts';
import { neighbourError } from './nearestNeighbours.ts';

test('votes by hand: nearest, then the majority of three', () => {
  const references = embeddingOf(
    [
      [[0], [0.1]],
      [[1], [1.2], [1.3]],
    ],
    1,
  );
  const queries = embeddingOf(
    [
      [[0.56], [0.7]],
      [[1.1], [0.45]],
    ],
    1,
  );
  expect(neighbourError(references, queries, { neighbours: 1 })).toBe(75);
  expect(neighbourError(references, queries, { neighbours: 3 })).toBe(50);
});

test('of equally many votes the nearest decides', () => {
  const references = embeddingOf([[[0]], [[1]]], 1);
  expect(neighbourError(references, embeddingOf([[[0.4]], []], 1), { neighbours: 2 })).toBe(0);
  expect(neighbourError(references, embeddingOf([[[0.6]], []], 1), { neighbours: 2 })).toBe(100);
});

test('separate blobs have no error, one blob of two labels about half', () => {
  const apart = embeddingOf([blob(0, 0, 1, 300), blob(20, 0, 1, 300)]);
  expect(neighbourError(apart, apart)).toBe(0);
  const mixed = { ...apart, features: embeddingOf([blob(0, 0, 1, 600)]).features };
  expect(neighbourError(mixed, mixed, { references: 100 })).toBeGreaterThan(20);
});

test('embeddings of two nets are refused', () => {
  expect(() => neighbourError(embeddingOf([[[0]]], 1), embeddingOf([[[0, 0]]]))).toThrow(
    'dimensions',
  );
});
