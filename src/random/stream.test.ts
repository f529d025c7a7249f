import { errorFunction } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import {
  assertDistribution,
  assertEvenCounts,
  assertUncorrelated,
} from '../../testkit/distribution.ts';
import { type RandomStream, randomStream, randomWords } from './stream.ts';

const count = 50_000;

function draw(stream: RandomStream, kind: 'uint32' | 'uniform' | 'normal' | 'exponential') {
  return Float64Array.from({ length: count }, () => stream[kind]());
}

function expectMoments(samples: Float64Array, mean: number, variance: number): void {
  const average = samples.reduce((sum, x) => sum + x, 0) / count;
  const spread = samples.reduce((sum, x) => sum + (x - average) ** 2, 0) / (count - 1);
  expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(variance / count));
  expect(Math.abs(spread / variance - 1)).toBeLessThan(0.06);
}

describe('a stream', () => {
  test('is fixed for ever by seed, name and step', () => {
    const first = (seed: number, name: string, step?: number) =>
      randomStream(seed, name, step).uint32();
    expect([
      first(0, ''),
      first(1, 'shuffle'),
      first(1, 'shuffle', 7),
      first(Number.MAX_SAFE_INTEGER, 'mixing/forward/3', 2 ** 32 - 1),
    ]).toEqual([1713891541, 1541361464, 456481168, 585182502]);
  });

  test('without a step is the stream of step 0', () => {
    expect(draw(randomStream(3, 'a'), 'uint32')).toEqual(draw(randomStream(3, 'a', 0), 'uint32'));
  });

  test('differs from every neighbour: first words of 60,000 triples are all distinct', () => {
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1];
    const names = ['', 'a', 'b', 'ab', 'ba', 'aaaa', 'aaaaa', 'a\0', '\0', 'mixing/forward/11'];
    const words = new Set<number>();
    for (const seed of seeds)
      for (const name of names)
        for (let step = 0; step < 1000; step++) {
          const stream = randomStream(seed, name, step);
          words.add(stream.uint32() * 2 ** 20 + (stream.uint32() >>> 12));
        }
    expect(words.size).toBe(60_000);
  });

  test.each([
    ['seed', randomStream(2, 'a')],
    ['name', randomStream(1, 'b')],
    ['step', randomStream(1, 'a', 1)],
  ])('is uncorrelated with that of the next %s', (_, other) => {
    assertUncorrelated(draw(randomStream(1, 'a'), 'uniform'), draw(other, 'uniform'));
  });

  test('is uncorrelated with itself up to eight numbers later', () => {
    const numbers = draw(randomStream(1, 'a'), 'uniform');
    for (let lag = 1; lag <= 8; lag++)
      assertUncorrelated(numbers.slice(0, -lag), numbers.slice(lag));
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses seed %d', (seed) => {
    expect(() => randomStream(seed, 'a')).toThrow(`seed ${seed}: must be a whole number`);
  });

  test.each([-1, 0.5, 2 ** 32])('refuses step %d', (step) => {
    expect(() => randomStream(1, 'a', step)).toThrow(`step ${step}: must be a whole number`);
  });
});

describe('distributions', () => {
  test('uniform fills [0, 1)', () => {
    const samples = draw(randomStream(1, 'uniform'), 'uniform');
    expectMoments(samples, 1 / 2, 1 / 12);
    assertDistribution(samples, (x) => x);
    expect(samples.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  test('uint32 uses each of its bits half the time', () => {
    const words = draw(randomStream(1, 'bits'), 'uint32');
    for (let bit = 0; bit < 32; bit++) {
      const ones = words.filter((word) => (word >>> bit) & 1).length;
      assertEvenCounts([ones, count - ones]);
    }
  });

  test('normal has mean 0, variance 1 and no memory', () => {
    const samples = draw(randomStream(1, 'normal'), 'normal');
    expectMoments(samples, 0, 1);
    assertDistribution(samples, (x) => (1 + errorFunction(x / Math.SQRT2)) / 2);
    assertUncorrelated(samples.slice(1), samples.slice(0, -1));
  });

  test('exponential has mean 1 and variance 1', () => {
    const samples = draw(randomStream(1, 'exponential'), 'exponential');
    expectMoments(samples, 1, 1);
    assertDistribution(samples, (x) => 1 - Math.exp(-x));
  });

  test.each([1, 2, 3, 10, 1000])('integer below %d: every value as likely', (below) => {
    const stream = randomStream(below, 'integer');
    const counts = new Uint32Array(below);
    for (let i = 0; i < count; i++) counts[stream.integer(below)]++;
    expect(counts.reduce((sum, value) => sum + value, 0)).toBe(count);
    if (below > 1) assertEvenCounts(counts);
  });

  test('integer below 3 · 2³⁰ is not biased to the low third, as a plain remainder would be', () => {
    const stream = randomStream(1, 'integer');
    const counts = new Uint32Array(3);
    for (let i = 0; i < count; i++) counts[Math.floor(stream.integer(3 * 2 ** 30) / 2 ** 30)]++;
    assertEvenCounts(counts);
  });

  test.each([0, -3, 1.5, 2 ** 32 + 1])('integer refuses %d', (below) => {
    expect(() => randomStream(1, 'a').integer(below)).toThrow(`below ${below}`);
  });

  test('bernoulli is true with its probability', () => {
    const stream = randomStream(1, 'bernoulli');
    const rate = (p: number) =>
      Array.from({ length: count }, () => stream.bernoulli(p)).filter(Boolean).length / count;
    expect(rate(0)).toBe(0);
    expect(rate(1)).toBe(1);
    expect(Math.abs(rate(0.3) - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / count));
  });
});

test('randomWords gives the words of the same stream by their places', () => {
  const seed = 2 ** 40 + 7;
  const stream = randomStream(seed, 'augment', 12);
  const inOrder = Array.from({ length: 30 }, () => stream.uint32());
  const word = randomWords(seed, 'augment', 12);
  for (const index of [29, 0, 7, 3, 4, 12, 29]) expect(word(index)).toBe(inOrder[index]);
  expect(() => randomWords(1, 'augment', -1)).toThrow(RangeError);
});
