import { expect, test } from 'vitest';
import { epochOrder } from './sampleOrder.ts';

test('every epoch visits every image once', () => {
  for (const count of [1, 2, 1000]) {
    const order = epochOrder(1, 0, count);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
  }
});

test('seed and epoch decide the order, and nothing else', () => {
  expect(epochOrder(1, 3, 100)).toEqual(epochOrder(1, 3, 100));
  expect(epochOrder(1, 3, 100)).not.toEqual(epochOrder(1, 4, 100));
  expect(epochOrder(1, 3, 100)).not.toEqual(epochOrder(2, 3, 100));
});
