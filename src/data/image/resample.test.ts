import { expect, test } from 'vitest';
import { randomStream } from '../../random/index.ts';
import { resample } from './resample.ts';

const stream = randomStream(1, 'resample');
const random = (length: number) => Uint8Array.from({ length }, () => stream.integer(256));

// Colours that shrink are read once for all four new pixels; one band goes the plain way.
test.each([
  [64, 64, 32, 32],
  [37, 53, 5, 8],
  [200, 31, 31, 31],
  [9, 7, 3, 2],
  [40, 40, 1, 1],
  [8, 8, 16, 16],
  [30, 20, 40, 15],
])('%i×%i to %i×%i: three bands are three times one, to the bit', (width, height, w, h) => {
  const values = random(3 * width * height);
  const size = { width: w, height: h };
  const colours = resample({ width, height, bands: 3, values }, size);
  for (let band = 0; band < 3; band++) {
    const plane = values.filter((_, at) => at % 3 === band);
    const grey = resample({ width, height, bands: 1, values: plane }, size);
    expect(grey).toEqual(colours.filter((_, at) => at % 3 === band));
  }
});

test('an even image stays even', () => {
  const values = new Uint8Array(50 * 70 * 3).fill(200);
  const even = resample({ width: 50, height: 70, bands: 3, values }, { width: 7, height: 5 });
  expect(Math.max(...even.map((value) => Math.abs(value - 200)))).toBeLessThan(1e-9);
});
