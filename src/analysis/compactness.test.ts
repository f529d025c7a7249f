import { expect, test } from 'vitest';
import { blob, circle, embeddingOf } from '../../testkit/clouds.ts';
import { compactness, curveRadii, tableRadii } from './compactness.ts';

test('a circle of half the radius lies within 0.5 and not within 0.4', () => {
  const trainMode = embeddingOf([circle(0, 0, 2)]);
  const evaluateMode = embeddingOf([circle(7, 7, 0.9)]);
  const { radius, within } = compactness(trainMode, evaluateMode);
  expect(radius).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  expect(within).toEqual([0, 0, 0, 0, 100, 100, 100, 100, 100, 100]);
});

test('every class is measured by its own largest distance', () => {
  const trainMode = embeddingOf([circle(0, 0, 1), circle(0, 0, 10)]);
  const evaluateMode = embeddingOf([circle(0, 0, 0.95), circle(0, 0, 0.95)]);
  const { within, perClass } = compactness(trainMode, evaluateMode, [0.5]);
  expect(perClass).toEqual([[0], [100]]);
  expect(within).toEqual([50]);
});

test('a Gaussian blob follows the Rayleigh distribution', () => {
  const trainMode = embeddingOf([[...circle(0, 0, 4)]]);
  const evaluateMode = embeddingOf([blob(0, 0, 1)]);
  const { within } = compactness(trainMode, evaluateMode, [0.25, 0.5]);
  expect(within[0]).toBeCloseTo(100 * (1 - Math.exp(-0.5)), 0);
  expect(within[1]).toBeCloseTo(100 * (1 - Math.exp(-2)), 0);
});

test('an empty class is null and leaves the mean; one sample is wholly within', () => {
  const embedding = embeddingOf([
    [],
    [[1, 1]],
    [
      [0, 0],
      [2, 0],
    ],
  ]);
  const { within, perClass } = compactness(embedding, embedding, [0.5, 1]);
  expect(perClass).toEqual([null, [100, 100], [0, 100]]);
  expect(within).toEqual([50, 100]);
});

test('test samples may differ from the training samples in number', () => {
  const trainMode = embeddingOf([circle(0, 0, 2, 8)]);
  expect(compactness(trainMode, embeddingOf([circle(0, 0, 1, 5)]), [0.6]).within).toEqual([100]);
});

test('embeddings of two nets are refused', () => {
  const flat = embeddingOf([[[0, 0]]]);
  expect(() => compactness(flat, embeddingOf([[[0, 0, 0]]], 3))).toThrow('dimensions 2 and 3');
});

test('the radii are round numbers', () => {
  expect(tableRadii).toHaveLength(10);
  expect(curveRadii).toHaveLength(101);
  expect(curveRadii[30]).toBe(0.3);
});
