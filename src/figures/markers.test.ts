import { expect, test } from 'vitest';
import { separate } from './markers.ts';

const apart = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.hypot(a.x - b.x, a.y - b.y);

test('markers far enough apart stay', () => {
  const places = [
    { x: 0, y: 0 },
    { x: 20, y: 0 },
  ];
  expect(separate(places, 17)).toEqual(places);
});

test('a pair that overlaps is moved the least that suffices', () => {
  expect(
    separate(
      [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
      ],
      16,
    ),
  ).toEqual([
    { x: -3, y: 0 },
    { x: 13, y: 0 },
  ]);
});

test('ten markers on one place come apart', () => {
  const moved = separate(
    Array.from({ length: 10 }, () => ({ x: 5, y: 5 })),
    16,
  );
  for (const [i, marker] of moved.entries()) {
    for (const other of moved.slice(0, i)) expect(apart(marker, other)).toBeGreaterThan(14);
  }
});
