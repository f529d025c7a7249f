import { expect, test } from 'vitest';
import { blob, circle, embeddingOf } from '../../testkit/clouds.ts';
import { coverage } from './coverage.ts';
import type { Embedding } from './embedding.ts';

function mapped(embedding: Embedding, map: (x: number, y: number) => [number, number]): Embedding {
  const features = embedding.features.slice();
  for (let i = 0; i < features.length; i += 2) {
    [features[i], features[i + 1]] = map(features[i], features[i + 1]);
  }
  return { ...embedding, features };
}

test('twice the radius is four times the area', () => {
  const evaluateMode = embeddingOf([blob(0, 0, 1), blob(5, 5, 3)]);
  const trainMode = embeddingOf([blob(2, 1, 2), blob(5, 5, 3)]);
  const { perClass, mean } = coverage(trainMode, evaluateMode);
  expect(perClass[0]).toBeCloseTo(4, 4);
  expect(perClass[1]).toBeCloseTo(1, 4);
  expect(mean).toBeCloseTo(2, 4);
});

test('any linear map of the plane leaves the ratio as it is', () => {
  const evaluateMode = embeddingOf([blob(0, 0, 1)]);
  const trainMode = mapped(evaluateMode, (x, y) => [1.5 * x + 0.5 * y, 2 * y]);
  const bend = (x: number, y: number): [number, number] => [40 * x - 3 * y, 0.5 * x + 0.1 * y];
  expect(coverage(trainMode, evaluateMode).mean).toBeCloseTo(3, 4);
  expect(coverage(mapped(trainMode, bend), mapped(evaluateMode, bend)).mean).toBeCloseTo(3, 2);
});

test('stray samples do not set the area', () => {
  const body = blob(0, 0, 1);
  const stray = body.map((point, i) => (i % 100 === 0 ? [50 * point[0], 50 * point[1]] : point));
  const { mean } = coverage(embeddingOf([stray]), embeddingOf([body]));
  expect(mean).toBeGreaterThan(0.9);
  expect(mean).toBeLessThan(1.4);
});

test('classes without an area have no ratio and leave the mean', () => {
  const line = [
    [0, 0],
    [1, 1],
    [2, 2],
  ];
  const embedding = embeddingOf([[], [[1, 1]], line, circle(0, 0, 1)]);
  const { perClass, mean } = coverage(embedding, embedding);
  expect(perClass).toEqual([null, null, null, 1]);
  expect(mean).toBe(1);
});

test('other than two dimensions have no area', () => {
  const embedding = embeddingOf(
    [
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    3,
  );
  expect(coverage(embedding, embedding)).toEqual({ perClass: [null], mean: null });
});

test('other samples are refused', () => {
  const embedding = embeddingOf([circle(0, 0, 1, 5)]);
  expect(() => coverage(embedding, embeddingOf([circle(0, 0, 1, 6)]))).toThrow('count 5 and 6');
});
