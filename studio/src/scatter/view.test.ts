import { expect, test } from 'vitest';
import { between, panBy, toPixels, toPlane, zoomAt } from './view.ts';

const square = { x: 3, y: -2, half: 5 };
const box = { x: 40, y: 10, size: 400 };

test('the middle of the square is the middle of the box, and up is up', () => {
  expect(toPixels(square, box, 3, -2)).toEqual({ x: 240, y: 210 });
  expect(toPixels(square, box, 3, 3)).toEqual({ x: 240, y: 10 });
});

test('pixels and plane invert each other', () => {
  const { x, y } = toPixels(square, box, 0.7, -4.1);
  const back = toPlane(square, box, { x, y });
  expect(back.x).toBeCloseTo(0.7);
  expect(back.y).toBeCloseTo(-4.1);
});

test('zooming keeps the point under the pointer', () => {
  const at = { x: 71, y: 333 };
  const before = toPlane(square, box, at);
  const zoomed = zoomAt(square, box, at, 2.5);
  expect(zoomed.half).toBe(2);
  expect(toPlane(zoomed, box, at).x).toBeCloseTo(before.x);
  expect(toPlane(zoomed, box, at).y).toBeCloseTo(before.y);
});

test('panning takes the plane along with the pointer', () => {
  const [from, to] = [
    { x: 100, y: 100 },
    { x: 140, y: 70 },
  ];
  const held = toPlane(square, box, from);
  const after = toPlane(panBy(square, box, from, to), box, to);
  expect(after.x).toBeCloseTo(held.x);
  expect(after.y).toBeCloseTo(held.y);
});

test('halfway between two views', () => {
  expect(between(square, { x: 5, y: 0, half: 1 }, 0.5)).toEqual({ x: 4, y: -1, half: 3 });
});
