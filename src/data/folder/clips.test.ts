import { expect, test } from 'vitest';
import { spectrogramDefaults } from '../audio/parameters.ts';
import { stackClips } from './clips.ts';

const clip = (rows: number[][]) => ({
  ...{ path: 'a.wav', height: rows.length, width: rows[0].length, bands: 1, alpha: false },
  ...{ pixels: Uint8Array.from(rows.flat()), facts: {} },
});
const stack = (rows: number[][], frames: number | 'auto') =>
  stackClips([clip(rows)], { ...spectrogramDefaults, mels: rows.length, frames });

test('a short clip stands in the middle of silence', () => {
  const { images, ...shape } = stack([[7], [9]], 3);
  expect(shape).toEqual({ height: 2, width: 3, channels: 1 });
  expect(Array.from(images)).toEqual([0, 7, 0, 0, 9, 0]);
});

test('of a long one the middle is taken', () => {
  expect(Array.from(stack([[1, 2, 3, 4, 5]], 3).images)).toEqual([2, 3, 4]);
  expect(Array.from(stack([[1, 2, 3, 4]], 3).images)).toEqual([2, 3, 4]);
});

test('by itself the width is that of the longest', () => {
  const { images, width } = stackClips([clip([[5]]), clip([[1, 2, 3]])], {
    ...spectrogramDefaults,
    mels: 1,
  });
  expect([width, Array.from(images)]).toEqual([3, [0, 5, 0, 1, 2, 3]]);
});
