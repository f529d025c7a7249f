import { expect, test } from 'vitest';
import { hertzOf, melFilters, melOf } from './mel.ts';

test('1000 Hz are 1000 mel, and back', () => {
  expect(melOf(1000)).toBeCloseTo(1000, 1);
  expect(melOf(0)).toBe(0);
  for (const hertz of [50, 700, 8000]) expect(hertzOf(melOf(hertz))).toBeCloseTo(hertz, 8);
});

test('triangles by hand: a rate of 8000, 257 bins, three bands', () => {
  const filters = melFilters(3, 257, 8000);
  const corners = [1, 2, 3, 4].map((i) => (hertzOf((i * melOf(4000)) / 4) * 512) / 8000);
  filters.forEach(({ first, weights }, band) => {
    const [low, centre, high] = [corners[band - 1] ?? 0, corners[band], corners[band + 1]];
    expect(first).toBe(Math.ceil(low));
    const bin = Math.floor(centre);
    expect(weights[bin - first]).toBeCloseTo((bin - low) / (centre - low), 10);
    expect(weights[bin + 1 - first]).toBeCloseTo((high - bin - 1) / (high - centre), 10);
    expect(Math.max(...weights)).toBeLessThanOrEqual(1);
  });
});

test('between the first and the last centre the weights of a bin add up to 1', () => {
  const filters = melFilters(20, 513, 16_000);
  const weightOf = (bin: number): number =>
    filters.reduce((sum, { first, weights }) => sum + (weights[bin - first] ?? 0), 0);
  for (const bin of [20, 100, 300, 400]) expect(weightOf(bin)).toBeCloseTo(1, 10);
});

test('no band is empty, however narrow', () => {
  for (const { first, weights } of melFilters(128, 65, 16_000)) {
    expect(Math.max(...weights)).toBeGreaterThan(0);
    expect(first + weights.length).toBeLessThanOrEqual(65);
  }
});
