import { describe, expect, test } from 'vitest';
import { augmentationSize, drawAugmentations, sourcePixel } from './augmentation.ts';

const samples = (count: number, first = 0) =>
  Uint32Array.from({ length: count }, (_, i) => first + i);

function draw(seed: number, epoch: number, chosen: ArrayLike<number>): Int32Array {
  const out = new Int32Array(augmentationSize * chosen.length);
  drawAugmentations({ seed, epoch }, chosen, out);
  return out.filter((_, i) => i % augmentationSize < 3);
}

describe('drawAugmentations', () => {
  test('draws the same for ever', () => {
    expect([...draw(1, 0, [0, 1, 49_999])]).toEqual([-3, 3, 1, -3, -4, 1, 0, 1, 0]);
  });

  test('depends on seed, epoch and sample, not on the batch', () => {
    const together = draw(7, 3, [5, 100, 7]);
    expect([...draw(7, 3, [100])]).toEqual([...together.subarray(3, 6)]);
    const others = [draw(8, 3, samples(50)), draw(7, 4, samples(50)), draw(7, 3, samples(50, 50))];
    for (const other of others) expect([...other]).not.toEqual([...draw(7, 3, samples(50))]);
  });

  test('all 162 outcomes are as likely (χ²) and no other occurs', () => {
    const count = 162_000;
    const seen = new Map<string, number>();
    const draws = draw(1, 9, samples(count));
    for (let i = 0; i < count; i++) {
      const outcome = draws.subarray(3 * i, 3 * i + 3).join();
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }
    const shifts = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    const all = shifts.flatMap((y) => shifts.flatMap((x) => [`${y},${x},0`, `${y},${x},1`]));
    expect([...seen.keys()].sort()).toEqual(all.sort());
    const chi = [...seen.values()].reduce((sum, found) => sum + (found - 1000) ** 2 / 1000, 0);
    // 161 degrees of freedom: mean 161, deviation 18
    expect(Math.abs(chi - 161)).toBeLessThan(5 * 18);
  });
});

describe('sourcePixel, on an image of 3×4 coordinates', () => {
  const size = { height: 3, width: 4 };
  const picture = (...numbers: number[]) =>
    [0, 1, 2].map((y) =>
      [0, 1, 2, 3].map((x) => sourcePixel(size, numbers, y, x).toString(16)).join(' '),
    );
  test.each<[string, number[], string[]]>([
    ['as it is', [0, 0, 0], ['0 1 2 3', '4 5 6 7', '8 9 a b']],
    ['mirrored', [0, 0, 1], ['3 2 1 0', '7 6 5 4', 'b a 9 8']],
    ['from a row below', [1, 0, 0], ['4 5 6 7', '8 9 a b', '-1 -1 -1 -1']],
    ['from two columns to the left', [0, -2, 0], ['-1 -1 0 1', '-1 -1 4 5', '-1 -1 8 9']],
    ['from above and the right, mirrored', [-1, 1, 1], ['-1 -1 -1 -1', '-1 3 2 1', '-1 7 6 5']],
    ['from beyond the image', [-4, 4, 0], Array(3).fill('-1 -1 -1 -1')],
  ])('%s', (_, numbers, rows) => {
    expect(picture(...numbers)).toEqual(rows);
  });
});
