import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { drawContactSheet, rowsWithin } from './contactSheet.ts';

/** The colour of one pixel of a PNG. */
async function pixelAt(png: Buffer, x: number, y: number): Promise<number[]> {
  const picture = await loadImage(png);
  const context = createCanvas(picture.width, picture.height).getContext('2d');
  context.drawImage(picture, 0, 0);
  return [...context.getImageData(x, y, 1, 1).data];
}

test('three planes become red, green and blue, each image pixel a square of its own', async () => {
  const size = { channels: 3, height: 2, width: 2 };
  const image = Uint8Array.of(255, 0, 10, 20, 0, 200, 30, 40, 0, 0, 50, 60);
  const png = await drawContactSheet({
    heading: 'test',
    size,
    samples: [{ name: '', image, versions: [] }],
  });
  expect(await pixelAt(png, 20, 50)).toEqual([255, 0, 0, 255]);
  expect(await pixelAt(png, 24, 51)).toEqual([0, 200, 0, 255]);
  expect(await pixelAt(png, 22, 55)).toEqual([10, 30, 50, 255]);
});

test('one plane becomes grey; versions stand beside their sample, the next sample below', async () => {
  const size = { channels: 1, height: 28, width: 28 };
  const grey = (value: number) => new Uint8Array(784).fill(value);
  const sample = (value: number) => ({
    name: 'a',
    image: grey(value),
    versions: [grey(value + 1), grey(value + 2)],
  });
  const png = await drawContactSheet({ heading: '', size, samples: [sample(10), sample(20)] });
  const reds = await Promise.all(
    [
      [30, 60],
      [140, 60],
      [230, 60],
      [30, 180],
      [230, 180],
    ].map(([x, y]) => pixelAt(png, x, y)),
  );
  expect(reds).toEqual([10, 11, 12, 20, 22].map((value) => [value, value, value, 255]));
});

test('large images are shown smaller, in as many rows as there is room for', async () => {
  const size = { channels: 1, height: 100, width: 150 };
  const image = new Uint8Array(15_000);
  const samples = [{ name: 'a', image, versions: [image] }];
  const { width, height } = await loadImage(await drawContactSheet({ heading: '', size, samples }));
  expect([width, height]).toEqual([20 + 2 * 150 + 6 + 18 + 20, 50 + 100 + 22 + 10]);
  expect(rowsWithin(2 * 150 * 122 * 3, size, 1)).toBe(3);
  expect(rowsWithin(2e7, { channels: 3, height: 4096, width: 4096 }, 9)).toBe(0);
});
