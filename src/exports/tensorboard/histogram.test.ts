import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogramOf } from './histogram.ts';

const values = fc.array(fc.oneof(fc.float(), fc.constantFrom(0, 1, Number.NaN)), { minLength: 1 });

test('counts every finite value once, between growing edges', () => {
  fc.assert(
    fc.property(values, (drawn) => {
      const finite = drawn.filter(Number.isFinite);
      const found = histogramOf(Float32Array.from(drawn));
      expect(found === null).toBe(finite.length === 0);
      if (!found) return;
      const { counts, edges, least, most, count } = found;
      expect([count, counts.reduce((a, b) => a + b)]).toEqual([finite.length, finite.length]);
      expect(edges.every((edge, i) => i === 0 || edge >= edges[i - 1])).toBe(true);
      expect(edges.at(-1)).toBeGreaterThanOrEqual(most);
      const [low, high] = [Math.min(...finite), Math.max(...finite)];
      if (low < high) expect([least, most]).toEqual([low, high]);
      else expect(least < low && high < most).toBe(true);
    }),
  );
});

test('values that are all alike stand in the middle of a little', () => {
  const { counts, least, most } = histogramOf(Float32Array.of(0.5, 0.5, 0.5))!;
  expect([least, most]).toEqual([0.475, 0.525]);
  expect(counts.indexOf(3)).toBe(15);
});

test('knows where values lie', () => {
  const { counts, edges, sum, squares } = histogramOf(Float32Array.of(0, 0.1, 15, 30))!;
  expect([counts[0], counts[15], counts[29]]).toEqual([2, 1, 1]);
  expect(edges[0]).toBeCloseTo(1);
  expect(sum).toBeCloseTo(45.1);
  expect(squares).toBeCloseTo(1125.01);
});
