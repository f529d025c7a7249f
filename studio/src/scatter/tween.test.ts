import { expect, test } from 'vitest';
import { tweenBetween } from './tween.ts';

const cloud = (...features: number[]) => ({
  features: Float32Array.from(features),
  dimensions: 2,
  count: features.length / 2,
  labels: [0],
  classes: 1,
});

const [near, far] = [
  { x: 0, y: 0, half: 1 },
  { x: 4, y: 0, half: 3 },
];

test('samples and view start where they were, pass the middle and arrive exactly', () => {
  const to = cloud(10, -2);
  const tween = tweenBetween(cloud(0, 0), to, [near, far], 200);
  expect([...tween.at(1000).features]).toEqual([0, 0]);
  expect([...tween.at(1100).features]).toEqual([5, -1]);
  expect(tween.square).toEqual({ x: 2, y: 0, half: 2 });
  expect(tween.done).toBe(false);
  expect(tween.at(1900)).toBe(to);
  expect(tween.done).toBe(true);
  expect(tween.square).toEqual(far);
});
