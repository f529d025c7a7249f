import { describe, expect, test } from 'vitest';
import { refusal } from '../../testkit/refusal.ts';
import { digits } from './digits/digits.ts';
import { checkSizes, subset } from './subset.ts';

const whole = digits.draw(300, 100);

describe('a subset', () => {
  test('keeps whole images with their labels', () => {
    const { train } = subset(whole, { trainSize: 40 }, 1);
    expect([train.count, train.images.length, train.labels.length]).toEqual([40, 40 * 784, 40]);
    const images = Buffer.from(whole.train.images);
    for (let at = 0; at < train.count; at++) {
      const from = images.indexOf(train.images.subarray(at * 784, (at + 1) * 784)) / 784;
      expect(train.labels[at]).toBe(whole.train.labels[from]);
    }
  });

  test('is decided by the seed, and the larger one holds the smaller', () => {
    const few = subset(whole, { trainSize: 40 }, 1).train;
    expect(subset(whole, { trainSize: 40 }, 1).train).toEqual(few);
    expect(subset(whole, { trainSize: 40 }, 2).train.labels).not.toEqual(few.labels);
    expect(subset(whole, { trainSize: 60 }, 1).train.labels.subarray(0, 40)).toEqual(few.labels);
  });

  test('of everything, or of nothing in particular, is the whole', () => {
    expect(subset(whole, { trainSize: 300, testSize: null }, 1)).toEqual(whole);
  });

  test('larger than its split is refused, by the name that the option has where it is told', () => {
    const problem = refusal(() => subset(whole, { testSize: 101 }, 1));
    expect(problem.message).toContain('testSize 101: the test split has 100');
    expect(problem.worded((name) => `<${name}>`)).toMatch(/^<testSize> 101:/);
  });
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a size of %d is refused', (size) => {
  const problem = refusal(() => checkSizes({ trainSize: size }));
  expect(problem.worded((name) => `<${name}>`)).toMatch(/^<trainSize> /);
});
