import { expect, test } from 'vitest';
import { drawLine } from './raster.ts';

const side = 8;

test('a line inks the pixels it covers, and half of those it halves', () => {
  const image = new Float32Array(side * side);
  drawLine(image, side, [2, 3], [5, 3], 1);
  expect([...image.subarray(3 * side, 4 * side)]).toEqual([0, 0.5, 1, 1, 1, 1, 0.5, 0]);
  expect([...image.subarray(2 * side, 3 * side)].slice(2, 6)).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(Math.max(...image.subarray(0, side * 2))).toBe(0);
});

test('a dot is round, and a lighter line leaves darker ink as it is', () => {
  const image = new Float32Array(side * side);
  drawLine(image, side, [3, 3], [3, 3], 1);
  const dot = [...image];
  expect(dot[3 * side + 2]).toBe(dot[2 * side + 3]);
  expect(dot[2 * side + 2]).toBeCloseTo(1.5 - Math.SQRT2, 6);
  drawLine(image, side, [3, 3], [3, 3], 0.2);
  expect([...image]).toEqual(dot);
});

test('what lies outside the image is cut off', () => {
  const image = new Float32Array(side * side);
  drawLine(image, side, [-20, -20], [-10, 30], 2);
  expect(Math.max(...image)).toBe(0);
  drawLine(image, side, [-5, 4], [20, 4], 0.5);
  expect([...image.subarray(4 * side, 5 * side)]).toEqual(Array(side).fill(1));
});
