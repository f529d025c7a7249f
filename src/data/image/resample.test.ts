import { describe, expect, test } from 'vitest';
import { randomStream } from '../../random/index.ts';
import { compiledData } from '../compiled.ts';
import { resample } from './resample.ts';

const stream = randomStream(1, 'resample');
const random = (length: number) => Uint8Array.from({ length }, () => stream.integer(256));

test('the compiled twin is there', () => {
  expect(compiledData().shrink).toBeTypeOf('function');
});

// Bytes that shrink go to the compiled twin, other numbers the slow way.
describe.each([
  [64, 64, 32, 32],
  [37, 53, 5, 8],
  [200, 31, 31, 31],
  [9, 7, 3, 2],
  [40, 40, 1, 1],
  [8, 8, 8, 8],
  [8, 8, 16, 16],
  [30, 20, 40, 15],
])('%i×%i to %i×%i', (width, height, w, h) => {
  const size = { width: w, height: h };

  test.each([1, 2, 3, 4, 5])('%i bands: the bits of the slow way', (bands) => {
    const values = random(bands * width * height);
    const fast = resample({ width, height, bands, values }, size);
    expect(fast).toHaveLength(bands * w * h);
    const slow = { width, height, bands, values: Float64Array.from(values) };
    expect(fast).toEqual(resample(slow, size));
  });

  test('three bands are three times one', () => {
    const values = random(3 * width * height);
    const colours = resample({ width, height, bands: 3, values }, size);
    for (let band = 0; band < 3; band++) {
      const plane = values.filter((_, at) => at % 3 === band);
      const grey = resample({ width, height, bands: 1, values: plane }, size);
      expect(grey).toEqual(colours.filter((_, at) => at % 3 === band));
    }
  });
});

test('an even image stays even', () => {
  const values = new Uint8Array(50 * 70 * 3).fill(200);
  const even = resample({ width: 50, height: 70, bands: 3, values }, { width: 7, height: 5 });
  expect(Math.max(...even.map((value) => Math.abs(value - 200)))).toBeLessThan(1e-9);
});
