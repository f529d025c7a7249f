import { describe, expect, test } from 'vitest';
import { tone } from '../../../testkit/ownData.ts';
import { resampleSound } from './resample.ts';

const sound = (hertz: number, rate: number) => Float32Array.from(tone(hertz, 1, rate, 1));

/** The level of a sound away from its ends, in dB of a full-scale sine. */
function level(samples: Float32Array): number {
  const middle = samples.subarray(1000, -1000);
  const power = middle.reduce((sum, value) => sum + value * value, 0) / middle.length;
  return 10 * Math.log10(2 * power + 1e-30);
}

describe.each([
  [44_100, 16_000],
  [48_000, 16_000],
  [44_100, 8000],
  [22_050, 16_000],
  [44_101, 16_000],
])('from %i to %i', (from, to) => {
  test.each([0.1, 0.5, 0.85, 0.89])('a tone at %f of half the rate stays what it is', (share) => {
    const hertz = (share * to) / 2;
    const [found, exact] = [resampleSound(sound(hertz, from), from, to), sound(hertz, to)];
    expect(found).toHaveLength(to);
    for (let at = 1000; at < to - 1000; at++) expect(found[at]).toBeCloseTo(exact[at], 4);
  });

  test.each([1.01, 1.1, 1.3])('one at %f of it leaves nothing above −100 dB', (share) => {
    const hertz = (share * to) / 2;
    expect(level(resampleSound(sound(hertz, from), from, to))).toBeLessThan(-100);
  });
});

test('15 kHz at 44.1 kHz leaves every residue below −90 dB at 16 kHz', () => {
  expect(level(resampleSound(sound(15_000, 44_100), 44_100, 16_000))).toBeLessThan(-105);
});

test('a lower rate is brought up without images', () => {
  const [found, exact] = [resampleSound(sound(3000, 8000), 8000, 16_000), sound(3000, 16_000)];
  for (let at = 1000; at < 15_000; at++) expect(found[at]).toBeCloseTo(exact[at], 4);
});

test('filters for a rate far above the wanted one take no more memory, and filter as well', () => {
  const [from, to] = [799_999, 4000];
  const [low, high] = [sound(1600, from), sound(2020, from)];
  const before = process.memoryUsage().arrayBuffers;
  const [kept, left] = [resampleSound(low, from, to), resampleSound(high, from, to)];
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 27);
  const exact = sound(1600, to);
  for (let at = 1000; at < to - 1000; at++) expect(kept[at]).toBeCloseTo(exact[at], 4);
  expect(level(left)).toBeLessThan(-100);
});

test.each([
  [2 ** 29, 16_000],
  [15, 16_000],
])('rates too far apart are refused: from %i to %i', (from, to) => {
  expect(() => resampleSound(new Float32Array(1), from, to)).toThrow(
    `it states ${from} samples a second; rates up to 1024 times as high or low as the ${to} wanted`,
  );
});

test('of one rate nothing changes, and of a few samples as many are made as their time takes', () => {
  const few = Float32Array.of(1, 2, 3);
  expect(resampleSound(few, 8000, 8000)).toBe(few);
  expect(resampleSound(few, 44_100, 16_000)).toHaveLength(2);
  expect(resampleSound(new Float32Array(1), 192_000, 1000)).toHaveLength(1);
});
