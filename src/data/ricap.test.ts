import { describe, expect, test } from 'vitest';
import { assertDistribution } from '../../testkit/distribution.ts';
import { drawPatches, type Patch, patched } from './ricap.ts';

const size = { channels: 2, height: 5, width: 7 };
const draw = (step: number, beta = 1, samples = 6) =>
  drawPatches({ seed: 3, step, beta }, samples, size);

/** What the paper says of each pixel, one at a time: x_k(y_k + y, x_k + x) of the patch that holds it. */
function slowTwin(images: Uint8Array, patches: readonly Patch[]): Uint8Array {
  const pixels = size.height * size.width;
  return images.map((_, at) => {
    const image = Math.floor(at / (size.channels * pixels));
    const [channel, pixel] = [Math.floor(at / pixels) % size.channels, at % pixels];
    const [y, x] = [Math.floor(pixel / size.width), pixel % size.width];
    const own = patches.filter(
      ({ top, left, height, width }) =>
        y >= top && y < top + height && x >= left && x < left + width,
    );
    if (own.length !== 1) throw new Error(`pixel ${y}, ${x} is in ${own.length} patches`);
    const [{ top, left, from, places }] = own;
    const source = (from.top + y - top) * size.width + from.left + x - left;
    return images[(places[image] * size.channels + channel) * pixels + source];
  });
}

describe('patches', () => {
  test('are what the slow twin makes of each pixel, whatever the boundary', () => {
    const images = Uint8Array.from({ length: 6 * 2 * 35 }, (_, i) => (37 * i + (i >> 3)) % 256);
    const counts = new Set<number>();
    for (let step = 0; step < 60; step++) {
      const patches = draw(step, 0.3);
      counts.add(patches.length);
      expect(patched(images, patches, size)).toEqual(slowTwin(images, patches));
    }
    expect(counts).toContain(4);
    expect(counts).toContain(1);
  });

  test('cover the image: their shares add up to 1, and each is its area', () => {
    for (let step = 0; step < 50; step++) {
      const patches = draw(step);
      expect(patches.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const { height, width, share } of patches)
        expect(share).toBeCloseTo((height * width) / 35, 12);
    }
  });

  test('are of images each in an order of its own, cropped inside of them', () => {
    const patches = draw(1);
    for (const { places, from, height, width } of patches) {
      expect([...places].toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(from.top).toBeGreaterThanOrEqual(0);
      expect(from.top + height).toBeLessThanOrEqual(size.height);
      expect(from.left + width).toBeLessThanOrEqual(size.width);
    }
    expect(new Set(patches.map(({ places }) => places.join())).size).toBe(patches.length);
  });

  test('meet where Beta(β, β) says, in either direction', () => {
    const large = { height: 4000, width: 4000 };
    const corners = Array.from({ length: 1500 }, (_, step) => {
      const patches = drawPatches({ seed: 1, step, beta: 0.5 }, 1, large);
      return patches[0];
    }).filter(({ top, left }) => top === 0 && left === 0);
    const arcsine = (x: number) => (2 / Math.PI) * Math.asin(Math.sqrt(Math.min(1, x)));
    expect(corners.length).toBeGreaterThan(1400);
    assertDistribution(
      corners.map(({ height }) => height / 4000),
      arcsine,
    );
    assertDistribution(
      corners.map(({ width }) => width / 4000),
      arcsine,
    );
  });

  test('are fixed by seed and step', () => {
    expect(draw(5)).toEqual(draw(5));
    expect(draw(6)).not.toEqual(draw(5));
  });
});
