import { expect, test } from 'vitest';
import { glyphs, type Point } from './glyphs.ts';
import { penPath } from './pen.ts';

test('the pen passes through every point of every stroke, in order', () => {
  for (const stroke of glyphs.flat(2)) {
    const path = penPath(stroke);
    let from = 0;
    for (const point of stroke) {
      const at = path.findIndex((placed, index) => index >= from && distance(placed, point) < 1e-9);
      expect(at).toBeGreaterThanOrEqual(from);
      from = at;
    }
  }
});

test('points on a line give a line, and a doubled point a corner', () => {
  const corner: Point[] = [
    [0, 0],
    [50, 0],
    [50, 0],
    [50, 50],
  ];
  for (const [x, y] of penPath(corner)) expect(Math.min(Math.abs(y), Math.abs(x - 50))).toBe(0);
});

test('a stroke of one point stays there', () => {
  expect(penPath([[3, 4]])).toEqual([[3, 4]]);
});

test('all ten digits have a glyph, each inside its square', () => {
  expect(glyphs).toHaveLength(10);
  for (const [x, y] of glyphs.flat(2).flatMap(penPath)) {
    expect(Math.min(x, y)).toBeGreaterThan(0);
    expect(Math.max(x, y)).toBeLessThan(100);
  }
});

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
