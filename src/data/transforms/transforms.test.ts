import { describe, expect, test } from 'vitest';
import { randomStream } from '../../random/index.ts';
import { openDataset } from '../datasets.ts';
import { autoContrast, brightness, equalize, posterize, sharpness, solarize } from './colour.ts';
import { parseAugmentation, transforms, varyImage } from './parse.ts';
import { operations } from './randAugment.ts';
import type { Frame } from './transform.ts';

const frame: Frame = { channels: 1, height: 3, width: 4, mean: [100], std: [50] };
const image = Uint8Array.from({ length: 12 }, (_, i) => 10 * i);

/** What a chain makes of an image in so many epochs. */
const versions = (text: string, count: number, of: Uint8Array = image, size: Frame = frame) =>
  Array.from({ length: count }, (_, epoch) => [
    ...varyImage(parseAugmentation(text), of, size, { seed: 1, epoch, sample: 0 }),
  ]);

const shares = (found: number[][]) => {
  const counts = new Map<string, number>();
  for (const version of found) counts.set(version.join(), (counts.get(version.join()) ?? 0) + 1);
  return counts;
};

describe('parseAugmentation', () => {
  test.each([
    ['none', 'none'],
    ['crop-flip', 'crop-flip'],
    ['shift:pixels=4+rotate:degrees=15', 'shift+rotate'],
    ['rotate:degrees=9+crop-flip', 'rotate:degrees=9+crop-flip'],
  ])('%s is called %s', (text, name) => {
    expect(parseAugmentation(text).name).toBe(name);
    expect(parseAugmentation(name).name).toBe(name);
  });

  test.each([
    ['crop-flip+rotate', 'augment crop-flip+rotate: crop-flip is done as images are loaded'],
    ['none+rotate', 'none and auto stand alone; leave them out'],
    ['turn', "augment 'turn': no transform has this name; the transforms are flip, shift"],
    ['rotate:degrees=200', 'degrees must be a number from 0 to 180; the default is 15'],
    ['shift:pixels=1e99', 'pixels must be a whole number from 1 to 4096'],
    ['randaugment:count=17', 'count must be a whole number from 1 to 16'],
    ['shift+', 'no transform has this name'],
  ])('%s is refused', (text, message) => {
    expect(() => parseAugmentation(text)).toThrow(message);
  });
});

describe('every transform', () => {
  const colour: Frame = { channels: 3, height: 9, width: 21, mean: [90, 100, 110], std: [9, 9, 9] };
  const stream = randomStream(1, 'image');
  const picture = Uint8Array.from({ length: 567 }, () => stream.integer(256));
  const before = picture.slice();

  test.each(Object.keys(transforms))(
    '%s varies a copy, by seed, epoch and sample alone',
    (name) => {
      const chain = parseAugmentation(name);
      const draw = (seed: number, epoch: number, sample: number) =>
        varyImage(chain, picture, colour, { seed, epoch, sample });
      const many = (of: (i: number) => Uint8Array) => Array.from({ length: 20 }, (_, i) => of(i));
      const first = many((epoch) => draw(3, epoch, 5));
      expect(first).toEqual(many((epoch) => draw(3, epoch, 5)));
      expect(first).not.toEqual(many((epoch) => draw(4, epoch, 5)));
      expect(first).not.toEqual(many((epoch) => draw(3, epoch, 6)));
      expect(first.some((version) => version.some((value, i) => value !== picture[i]))).toBe(true);
      expect(picture).toEqual(before);
    },
  );
});

test('flip mirrors every other image, along each axis asked for', () => {
  const across = [30, 20, 10, 0, 70, 60, 50, 40, 110, 100, 90, 80].join();
  const over = [80, 90, 100, 110, 40, 50, 60, 70, 0, 10, 20, 30].join();
  const seen = (text: string) => shares(versions(text, 1000));
  expect([...seen('flip').keys()].sort()).toEqual([image.join(), across].sort());
  expect([...seen('flip:axis=vertical').keys()].sort()).toEqual([image.join(), over].sort());
  const both = seen('flip:axis=both');
  expect(both.size).toBe(4);
  for (const count of both.values()) expect(Math.abs(count - 250)).toBeLessThan(5 * 14);
  expect([...seen('flip:chance=1').keys()]).toEqual([across]);
});

test('flip takes turns: as random in the first epoch, and in each other the other way round', () => {
  const alternate = versions('flip:turns=alternate', 6);
  expect(alternate[0]).toEqual(versions('flip', 1)[0]);
  expect(alternate[1]).not.toEqual(alternate[0]);
  expect(alternate.slice(2)).toEqual(alternate.slice(0, 4));
});

test('shift moves as far either way, each move as often, and fills with the mean', () => {
  const seen = shares(versions('shift:pixels=1', 1800));
  expect(seen.size).toBe(9);
  for (const count of seen.values()) expect(Math.abs(count - 200)).toBeLessThan(5 * 14);
  expect(seen.has('100,100,100,100,100,0,10,20,100,40,50,60')).toBe(true);
});

test('rotate: 0 degrees leave it, 90 are a quarter turn anticlockwise', () => {
  const square: Frame = { ...frame, width: 3 };
  const nine = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(versions('rotate:degrees=0', 3)).toEqual(Array(3).fill([...image]));
  expect([...operations.rotate.apply(nine, square, 90)]).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
});

test('resized-crop: the whole is itself, a part keeps to its own range of values', () => {
  expect(
    versions('resized-crop:area=1,stretch=1', 2, image.slice(0, 9), { ...frame, width: 3 }),
  ).toEqual(Array(2).fill([...image.slice(0, 9)]));
  const side = 40;
  const ramp = Uint8Array.from({ length: side * side }, (_, i) => i % side);
  const size = { ...frame, height: side, width: side };
  const spans = versions('resized-crop', 400, ramp, size).map(
    (version) => (version[side - 1] - version[0] + 1) / side,
  );
  // Widths are √(area · ratio): from √(0.08 · 3/4) to 1, in whole pixels and bytes.
  expect(Math.min(...spans)).toBeGreaterThan(0.2);
  expect(Math.min(...spans)).toBeLessThan(0.4);
  expect(Math.max(...spans)).toBe(1);
});

test("randaugment's amounts are those of torchvision's 31 magnitudes", () => {
  const size = { ...frame, height: 32, width: 32 };
  const at = (strength: number) =>
    Object.fromEntries(
      Object.entries(operations).map(([name, { amount }]) => [name, amount(strength / 30, size)]),
    );
  expect(at(9).shearX).toBeCloseTo(0.09, 12);
  expect(Math.trunc(at(9).translateX)).toBe(4);
  expect(at(9).rotate).toBeCloseTo(9, 12);
  expect(at(9).contrast).toBeCloseTo(0.27, 12);
  expect([at(0), at(9), at(30)].map(({ posterize }) => posterize)).toEqual([8, 7, 4]);
  expect([at(0), at(9), at(30)].map(({ solarize }) => solarize)).toEqual([255, 178.5, 0]);
  expect(Object.keys(operations)).toHaveLength(14);
});

test('photometric operations', () => {
  const row: Frame = { ...frame, height: 1 };
  const bytes = Uint8Array.from([10, 60, 130, 210]);
  expect([...brightness(bytes, row, 0.5)]).toEqual([15, 90, 195, 255]);
  expect([...posterize(bytes, row, 4)]).toEqual([0, 48, 128, 208]);
  expect([...posterize(bytes, row, 8)]).toEqual([...bytes]);
  expect([...solarize(bytes, row, 128)]).toEqual([10, 60, 125, 45]);
  expect([...autoContrast(bytes, row, 0)]).toEqual([0, 63, 153, 255]);
  const spot = Uint8Array.from([0, 0, 0, 0, 130, 0, 0, 0, 0]);
  const square: Frame = { ...frame, width: 3 };
  expect(sharpness(spot, square, -1)[4]).toBe(50);
  const even = Uint8Array.from({ length: 512 }, (_, i) => i >> 2);
  const spread = equalize(even, { ...frame, height: 16, width: 32 }, 0);
  expect([spread[0], spread[511]]).toEqual([0, 255]);
});

test('time-shift moves columns alone, spec-augment hides whole rows and columns', () => {
  const rows = <Value>(version: Value[]) => [0, 1, 2].map((y) => version.slice(4 * y, 4 * y + 4));
  for (const version of versions('time-shift:share=0.5', 40))
    for (const [y, row] of rows(version).entries())
      for (const value of row) expect([100, ...image.slice(4 * y, 4 * y + 4)]).toContain(value);
  const masks = versions(
    'spec-augment:frequency=0.4,time=0.25',
    200,
    image.map((value) => value / 2),
  ).map((version) => version.map((value) => value === 100));
  const seen = new Set<string>();
  for (const mask of masks) {
    const hiddenRows = [0, 1, 2].filter((y) => rows(mask)[y].every(Boolean));
    const hiddenColumns = [0, 1, 2, 3].filter((x) => rows(mask).every((row) => row[x]));
    const [high, wide] = [hiddenRows.length, hiddenColumns.length];
    seen.add(`${high} ${wide}`);
    expect(mask.filter(Boolean)).toHaveLength(4 * high + (3 - high) * wide);
  }
  expect([...seen].sort()).toEqual(['0 0', '0 1', '1 0', '1 1']);
});

test('noise has the deviation asked for', () => {
  const size = { ...frame, height: 100, width: 100 };
  const grey = new Uint8Array(10_000).fill(128);
  const [noisy] = versions('noise:degree=0.2', 1, grey, size);
  const variance = noisy.reduce((sum, value) => sum + (value - 128) ** 2, 0) / noisy.length;
  // 0.2 · 50 = 10, and 1/12 of rounding; the deviation of a variance of 10,000 is 1.4 %.
  expect(Math.abs(variance / (100 + 1 / 12) - 1)).toBeLessThan(0.06);
});

test('a batch of digits stays bytes of the same size', async () => {
  const { train, ...kind } = await openDataset('digits', { trainSize: 20 });
  const chain = parseAugmentation('resized-crop+randaugment+spec-augment');
  const varied = varyImage(chain, train.images.subarray(0, 784), kind, {
    seed: 1,
    epoch: 0,
    sample: 0,
  });
  expect(varied).toHaveLength(784);
});
