import { expect, test } from 'vitest';
import { channelMoments } from './moments.ts';

test('mean and deviation of each channel, by hand', () => {
  // Two images of two pixels: channel 0 holds 0, 2, 4, 6; channel 1 only 9.
  const { mean, std } = channelMoments(Uint8Array.of(0, 2, 9, 9, 4, 6, 9, 9), 2, 2);
  expect(mean).toEqual([3, 9]);
  expect(std[0]).toBeCloseTo(Math.sqrt(5), 12);
  expect(std[1]).toBe(1);
});
