import { describe, expect, test } from 'vitest';
import { assertEvenCounts } from '../../testkit/distribution.ts';
import { permutation, randomStream } from './index.ts';

describe('permutation', () => {
  test.each([0, 1, 2, 1000])('of %d holds every number once', (count) => {
    const order = permutation(randomStream(1, 'order'), count);
    expect(order.slice().sort()).toEqual(Uint32Array.from({ length: count }, (_, i) => i));
  });

  test('is the same for the same stream and another for another', () => {
    const at = (step: number) => permutation(randomStream(1, 'order', step), 100);
    expect(at(4)).toEqual(at(4));
    expect(at(5)).not.toEqual(at(4));
  });

  test('gives each of the 24 orders of four as often', () => {
    const counts = new Map<string, number>();
    for (let step = 0; step < 12_000; step++) {
      const order = permutation(randomStream(1, 'four', step), 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    assertEvenCounts([...counts.values()]);
  });
});
