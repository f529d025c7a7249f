import { expect, test } from 'vitest';
import { inkOf } from './centred.ts';

test('finds the square around what is drawn, and its centre of mass', () => {
  const drawn = new Map([
    ['2,3', 100],
    ['3,3', 100],
    ['6,3', 200],
  ]);
  const at = (x: number, y: number) => drawn.get(`${x},${y}`) ?? 0;
  expect(inkOf(at, 10)).toEqual({ left: 2, top: 3, length: 5, x: 4.75, y: 3.5 });
  expect(inkOf(() => 0, 10)).toBeNull();
});
