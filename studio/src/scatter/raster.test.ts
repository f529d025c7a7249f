import { expect, test } from 'vitest';
import { type RasterLook, rasterise } from './raster.ts';

const look: RasterLook = {
  square: { x: 0, y: 0, half: 10 },
  side: 20,
  radius: 2,
  opacity: 1,
  background: '#ffffff',
  colours: ['#ff0000', '#0000ff'],
  marked: null,
};

const cloud = (...features: number[]) => ({
  features: Float32Array.from(features),
  dimensions: 2,
  count: features.length / 2,
  labels: features.map((_, i) => i % 2),
  classes: 2,
});

/** The colour at a pixel of the picture, without its margin. */
function pixel({ pixels, stride, margin }: ReturnType<typeof rasterise>, x: number, y: number) {
  const at = 4 * ((y + margin) * stride + x + margin);
  return [...new Uint8Array(pixels.buffer).subarray(at, at + 4)];
}

test('a dot lies where the plane says, up is up, and it is round', () => {
  const picture = rasterise(cloud(5.5, 5.5), look);
  expect(pixel(picture, 15, 4)).toEqual([255, 0, 0, 255]);
  expect(pixel(picture, 16, 4)).toEqual([255, 0, 0, 255]);
  expect(pixel(picture, 17, 6)).toEqual([255, 255, 255, 255]);
  expect(pixel(picture, 4, 15)).toEqual([255, 255, 255, 255]);
});

test('translucent dots add up', () => {
  const one = rasterise(cloud(0.5, 0.5), { ...look, opacity: 0.5 });
  const two = rasterise(
    { ...cloud(0.5, 0.5, 0.5, 0.5), labels: [0, 0] },
    { ...look, opacity: 0.5 },
  );
  expect(pixel(one, 10, 9)[1]).toBeGreaterThan(pixel(two, 10, 9)[1]);
});

test('marked samples lie above and keep their colour, others fade', () => {
  const both = cloud(0.5, 0.5, -6.5, 0.5);
  const picture = rasterise(both, { ...look, marked: Uint8Array.of(0, 1) });
  const [, fadedGreen] = pixel(picture, 10, 9);
  expect(fadedGreen).toBeGreaterThan(180);
  expect(pixel(picture, 3, 9)).toEqual([0, 0, 255, 255]);
});

test('samples out of sight, at the border and nowhere do no harm', () => {
  const picture = rasterise(cloud(10, 10, -10, -10, 1e9, 3, Number.NaN, 0), look);
  expect(pixel(picture, 19, 0)[1]).toBeLessThan(255);
  expect(pixel(picture, 10, 10)).toEqual([255, 255, 255, 255]);
});
