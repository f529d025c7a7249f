import { expect, test } from 'vitest';
import { misclassified, samplesOfClass, selectSamples, shows, worstFirst } from './selection.ts';

const plane = (...predictions: number[]) => ({
  features: new Float32Array(8),
  dimensions: 2,
  count: 4,
  labels: [0, 1, 1, 2],
  classes: 3,
  predictions,
  projection: 'features' as const,
});

const planes = [plane(0, 1, 2, 0), plane(0, 0, 2, 2)];

test('what any run gets wrong, first what most get wrong', () => {
  expect(misclassified(planes)).toEqual([1, 2, 3]);
  expect(worstFirst([0, 1, 2, 3], planes)).toEqual([2, 1, 3, 0]);
});

test('a class is a selection too', () => {
  const places = samplesOfClass(planes[0], 1);
  const selection = selectSamples('test', planes[0], places);
  expect(selection?.places).toEqual([1, 2]);
  expect([...(selection?.marked ?? [])]).toEqual([0, 1, 1, 0]);
});

test('nothing selected is no selection', () => {
  expect(selectSamples('test', planes[0], [])).toBeNull();
});

test('runs on other data do not show the samples, however many they have', () => {
  const other = { ...planes[0], labels: [0, 1, 2, 2] };
  expect(shows(planes[1], planes[0].labels)).toBe(true);
  expect(shows(other, planes[0].labels)).toBe(false);
  expect(shows({ ...planes[0], count: 3, labels: [0, 1, 1] }, planes[0].labels)).toBe(false);
});
