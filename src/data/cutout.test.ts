import { expect, test } from 'vitest';
import { assertEvenCounts } from '../../testkit/distribution.ts';
import { augmentationSize, cutPlace, sourcePixel } from './augmentation.ts';
import { drawCutouts } from './cutout.ts';

const size = { height: 5, width: 4 };

function draw(epoch: number, samples: number[], side = 3): Int32Array[] {
  const out = new Int32Array(samples.length * augmentationSize);
  drawCutouts({ seed: 1, epoch, side }, size, samples, out);
  return samples.map((_, i) => out.slice(i * augmentationSize, (i + 1) * augmentationSize));
}

test('every pixel is the centre as often', () => {
  const counts = new Uint32Array(size.height * size.width);
  for (const numbers of draw(0, Array.from(Array(20_000).keys()))) {
    const [top, left, side] = numbers.slice(cutPlace);
    counts[(top + 1) * size.width + left + 1]++;
    if (side !== 3) throw new Error(`side ${side}`);
  }
  assertEvenCounts(counts);
});

test('a sample keeps its square in any batch, and gets another one in another epoch', () => {
  const [first, second] = draw(3, [7, 4]);
  expect(draw(3, [4])[0]).toEqual(second);
  expect(draw(4, [7])[0]).not.toEqual(first);
});

test('what is cut out is the square, as far as it lies inside', () => {
  const cut = (top: number, left: number) =>
    [0, 1, 2, 3, 4].map((y) =>
      [0, 1, 2, 3]
        .map((x) => (sourcePixel(size, [0, 0, 0, top, left, 2], y, x) < 0 ? '#' : '.'))
        .join(''),
    );
  expect(cut(1, 2)).toEqual(['....', '..##', '..##', '....', '....']);
  expect(cut(-1, -1)).toEqual(['#...', '....', '....', '....', '....']);
  expect(cut(4, 3)).toEqual(['....', '....', '....', '....', '...#']);
});

test('the square is cut out of what comes out: neither crop nor mirror moves it', () => {
  for (const numbers of [
    [0, 1, 1, 1, 1, 1],
    [-1, 0, 0, 1, 1, 1],
  ]) {
    expect(sourcePixel(size, numbers, 1, 1)).toBe(-1);
    expect(sourcePixel(size, numbers, 2, 2)).toBeGreaterThanOrEqual(0);
  }
});
