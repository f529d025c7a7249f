import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { ImageChannels } from '../imageForm.ts';
import { decodeImage } from './images.ts';
import { scaleTogether } from './unscaled.ts';

/** A row of pixels of 16 bits as a PNG file. */
const deep = (values: number[], channels: 1 | 4) =>
  sharp(Uint16Array.from(values), { raw: { width: values.length / channels, height: 1, channels } })
    .toColourspace(channels === 1 ? 'grey16' : 'rgb16')
    .png()
    .toBuffer();

async function readTogether(files: Buffer[], channels: ImageChannels = 'auto') {
  const form = { size: 'auto', channels, range: 'auto' } as const;
  const decoded = await Promise.all(files.map((file) => decodeImage(file, 'a.png', form)));
  return scaleTogether(decoded).map(({ pixels, bands }) => ({ bands, pixels: [...pixels] }));
}

test('the least value of all files is black and the greatest white; bytes stay', async () => {
  const bytes = await sharp({ create: { width: 2, height: 1, channels: 3, background: '#123' } })
    .png()
    .toBuffer();
  const files = [await deep([1000, 1500], 1), await deep([2000, 1100], 1), bytes];
  expect(await readTogether(files)).toEqual([
    { bands: 1, pixels: [0, 128] },
    { bands: 1, pixels: [255, 26] },
    { bands: 3, pixels: [17, 34, 51, 17, 34, 51] },
  ]);
});

test('files of one value are black', async () => {
  expect(await readTogether([await deep([700, 700], 1)])).toEqual([{ bands: 1, pixels: [0, 0] }]);
});

test('colours lie over black by their alpha, which keeps its own scale', async () => {
  const half = 0x7fff + 1;
  const file = await deep([1000, 2000, 3000, 0xffff, 3000, 3000, 2000, half], 4);
  expect(await readTogether([file])).toEqual([{ bands: 3, pixels: [0, 128, 255, 128, 128, 64] }]);
  expect(await readTogether([file], 'colour-alpha')).toEqual([
    { bands: 4, pixels: [0, 128, 255, 255, 255, 255, 128, 128] },
  ]);
});
