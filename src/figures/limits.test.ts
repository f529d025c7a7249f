import { describe, expect, test } from 'vitest';
import { blob, circle, embeddingOf } from '../../testkit/clouds.ts';
import { countOutside, roundTicks, sharedSquare } from './limits.ts';

describe('sharedSquare', () => {
  test('holds the larger of two clouds, with a small border', () => {
    const square = sharedSquare([
      embeddingOf([circle(1, 0, 4, 100)]),
      embeddingOf([circle(1, 0, 2, 50)]),
    ]);
    expect(square.x).toBeCloseTo(1, 5);
    expect(square.y).toBeCloseTo(0, 5);
    expect(square.half).toBeCloseTo(4 * 1.06, 5);
  });

  test('one far outlier does not shrink the rest, and is counted', () => {
    const embedding = embeddingOf([[...blob(0, 0, 1, 5000), [1000, 1000]]]);
    const square = sharedSquare([embedding]);
    expect(square.half).toBeLessThan(5);
    expect(countOutside(embedding, square)).toBeGreaterThanOrEqual(1);
    expect(countOutside(embedding, square)).toBeLessThan(20);
  });

  test('a single point still has a square around it', () => {
    expect(sharedSquare([embeddingOf([[[3, 4]]])])).toEqual({ x: 3, y: 4, half: 1 });
  });

  test('refuses what a plane cannot show', () => {
    const solid = embeddingOf([[[0, 0, 0]]], 3);
    expect(() => sharedSquare([solid])).toThrow('1 samples in 3 dimensions: only a 2-D embedding');
    expect(() => sharedSquare([embeddingOf([[]])])).toThrow('embedding of 0 samples');
  });
});

describe('roundTicks', () => {
  test.each([
    [-7, 7, [-5, 0, 5]],
    [-100, 100, [-100, -50, 0, 50, 100]],
    [0.1, 0.5, [0.1, 0.2, 0.3, 0.4, 0.5]],
    [1, 10, [2, 4, 6, 8, 10]],
  ])('from %f to %f', (low, high, ticks) => {
    expect(roundTicks(low, high)).toEqual(ticks);
  });
});
