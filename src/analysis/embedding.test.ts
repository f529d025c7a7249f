import { describe, expect, test } from 'vitest';
import { embeddingOf } from '../../testkit/clouds.ts';
import { checkSameSamples, samplesByClass } from './embedding.ts';

const two = embeddingOf([
  [[0, 0]],
  [
    [1, 1],
    [2, 2],
  ],
]);

describe('samplesByClass', () => {
  test('gathers indices by label, empty classes included', () => {
    expect(samplesByClass({ ...two, classes: 3 })).toEqual([[0], [1, 2], []]);
  });

  test.each([NaN, Infinity])('refuses %s, naming the sample and the feature', (value) => {
    const features = Float32Array.from([0, 0, 1, value, 2, 2]);
    expect(() => samplesByClass({ ...two, features })).toThrow(
      `sample 1: feature 1 is ${value}, not a finite number`,
    );
  });

  test('refuses a label beyond the classes', () => {
    expect(() => samplesByClass({ ...two, classes: 1 })).toThrow('label 1 is not between 0 and 0');
  });

  test('refuses features that do not fill the shape', () => {
    expect(() => samplesByClass({ ...two, count: 4 })).toThrow('6 features and 3 labels');
  });
});

describe('checkSameSamples', () => {
  test('names what differs', () => {
    expect(() => checkSameSamples(two, { ...two, count: 2 })).toThrow('count 3 and 2 differ');
    expect(() => checkSameSamples(two, { ...two, labels: [0, 1, 0] })).toThrow(
      'label of sample 2 1 and 0 differ',
    );
    expect(() => checkSameSamples(two, { ...two, dimensions: 3 })).toThrow('dimensions 2 and 3');
  });

  test('accepts the same samples elsewhere', () => {
    const moved = { ...two, features: two.features.map((value) => value + 1) };
    expect(() => checkSameSamples(two, moved)).not.toThrow();
  });
});
