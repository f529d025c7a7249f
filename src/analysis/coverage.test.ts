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
  const embedding = embeddingOf([[], [[1, 1]], [...line, [3, 3]], circle(0, 0, 1)]);
  const { perClass, flat, mean } = coverage(embedding, embedding);
  expect(perClass).toEqual([null, null, null, 1]);
  const few = 'fewer than four samples';
  expect(flat).toEqual([few, few, 'on a line', null]);
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
  expect(coverage(embedding, embedding)).toEqual({
    ...{ perClass: [null], flat: ['not two dimensions'], mean: null },
  });
});

test('other samples are refused', () => {
  const embedding = embeddingOf([circle(0, 0, 1, 5)]);
  expect(() => coverage(embedding, embeddingOf([circle(0, 0, 1, 6)]))).toThrow('count 5 and 6');
});

test('three samples have no body: which of them lie within it, rounding would decide', () => {
  const three = embeddingOf([circle(0, 0, 1, 3)]);
  expect(coverage(three, three).perClass).toEqual([null]);
});

test('a line is one wherever it lies and however it is turned and scaled', () => {
  for (const angle of [0, 0.3, 1, Math.PI / 2, 2.5])
    for (const offset of [0, 1, 1e3, 1e6])
      for (const scale of [1e-30, 1e-3, 1, 1e30]) {
        const line = Array.from({ length: 30 }, (_, i) => {
          const along = Math.sin(7 * i) + offset;
          return [scale * along * Math.cos(angle), scale * along * Math.sin(angle)];
        });
        const flat = embeddingOf([line]);
        const round = embeddingOf([circle(0, 0, 1, 30)]);
        expect(coverage(round, flat)).toEqual({
          perClass: [null],
          flat: ['on a line'],
          mean: null,
        });
        expect(coverage(flat, round).flat).toEqual(['on a line']);
      }
});

test('samples all as far count whatever rounding says: the ratio of squares is that of their areas', () => {
  for (const scale of [1e-30, 0.1, 1 / 3, 7, 1e30])
    for (const angle of [0, 0.1, 0.7]) {
      const square = (side: number) =>
        [0, 1, 2, 3].map((k) => {
          const at = angle + (k * Math.PI) / 2;
          return [side * scale * Math.cos(at), side * scale * Math.sin(at)];
        });
      const ratio = coverage(embeddingOf([square(3)]), embeddingOf([square(1)])).mean;
      expect(ratio).toBeCloseTo(9, 4);
    }
});
