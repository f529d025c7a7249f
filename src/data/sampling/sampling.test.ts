import { describe, expect, test } from 'vitest';
import { RequestError } from '../../errors.ts';
import { epochOrder } from '../sampleOrder.ts';
import { classSizes } from './classSizes.ts';
import { parseSampling, visitsOf } from './sampling.ts';

const labels = Array.from({ length: 105 }, (_, i) => (i % 21 === 0 ? 1 : 0));
const shown = { labels, classes: 2 };
const frequencies = (text: string) =>
  classSizes(
    [...parseSampling(text).order(1, 0, shown)].map((sample) => labels[sample]),
    2,
  );

describe('parseSampling', () => {
  test('natural sampling is the order of every epoch as it was', () => {
    expect(parseSampling('natural').order(3, 2, shown)).toEqual(epochOrder(3, 2, 105));
    expect(frequencies('natural')).toEqual([100, 5]);
  });

  test('balanced and grouped sampling show the classes as often', () => {
    expect(frequencies('balanced').sort()).toEqual([52, 53]);
    // 27 groups of four.
    expect(frequencies('classes').sort((a, b) => a - b)).toEqual([52, 56]);
    expect(frequencies('classes:samples=2').sort()).toEqual([52, 54]);
  });

  test('leaves the default out of the name', () => {
    expect(parseSampling('classes:samples=4').name).toBe('classes');
    expect(parseSampling('classes:samples=8').name).toBe('classes:samples=8');
  });

  test.each([
    ['even', 'no way has this name; the ways are natural, balanced, classes'],
    ['classes:samples=3', 'samples must be one of 2, 4, 8, 16'],
  ])('%s is refused', (text, message) => {
    expect(() => parseSampling(text)).toThrow(RequestError);
    expect(() => parseSampling(text)).toThrow(message);
  });
});

test('visits of an order are told apart, and are the samples where none repeats', () => {
  expect([...visitsOf(Uint32Array.of(2, 0, 2, 2, 1, 0), 3)]).toEqual([2, 0, 5, 8, 1, 3]);
  const order = epochOrder(1, 0, 50);
  expect(visitsOf(order, 50)).toEqual(order);
});
