import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fixture, hardCases } from '../../../testkit/dataFiles.ts';
import { decodeImage } from '../folder/images.ts';
import { stackImages } from '../folder/stack.ts';
import { scaleTogether } from '../folder/unscaled.ts';
import { type DataSettings, settingValues } from '../settings.ts';

/** What Pillow and tifffile make of a picture; see testkit/makeImages.py. */
interface Reading extends Pick<DataSettings, 'imageSize' | 'imageChannels' | 'imageRange'> {
  file: string;
  /** height, width, channels */
  shape: [number, number, number];
  tolerance: number;
  mean: number;
  /** places in [height][width][channels], and the values there */
  places: number[];
  values: number[];
}

const readings: Reading[] = JSON.parse(readFileSync(fixture('images', 'values.json'), 'utf8'));

async function imageOf(path: string, settings: Partial<DataSettings> = {}) {
  const { imageSize: size, imageChannels: channels, imageRange } = settingValues(settings);
  const bytes = readFileSync(path);
  const decoded = await decodeImage(bytes, path, { size, channels, range: imageRange });
  return stackImages(scaleTogether([{ ...decoded, path }]), channels);
}

describe('what other tools read is read here too:', () => {
  test.each(readings)(
    '$file $imageSize $imageChannels $imageRange',
    async ({ file, shape, tolerance, mean, places, values, ...settings }) => {
      // A picture of colours that are all grey becomes grey here.
      const [height, width, bands] = shape;
      const image = await imageOf(fixture('images', file), settings);
      expect([image.height, image.width]).toEqual([height, width]);
      if (file !== 'grey.gif') expect(image.channels).toBe(bands);
      const sum = image.images.reduce((total, value) => total + value, 0);
      expect(Math.abs(sum / image.images.length - mean)).toBeLessThan(tolerance / 2);
      for (const [index, place] of places.entries()) {
        const band = image.channels === 1 ? 0 : place % bands;
        const found = image.images[band * height * width + Math.floor(place / bands)];
        expect(Math.abs(found - values[index])).toBeLessThanOrEqual(tolerance);
      }
    },
  );

  test('there are forty readings or more', () => {
    expect(readings.length).toBeGreaterThanOrEqual(40);
  });
});

test('a bar is enlarged symmetrically, as Pillow does', async () => {
  const bar = Uint8Array.from({ length: 64 }, (_, at) => (at % 8 === 3 || at % 8 === 4 ? 255 : 0));
  const raw = { width: 8, height: 8, channels: 1 } as const;
  const file = await sharp(bar, { raw }).toColourspace('b-w').png().toBuffer();
  const form = { size: { height: 16, width: 16 }, channels: 'auto', range: 'full' } as const;
  const { pixels } = await decodeImage(file, 'bar.png', form);
  const row = [0, 0, 0, 0, 0, 52, 203, 255, 255, 203, 52, 0, 0, 0, 0, 0];
  expect(Array.from(pixels.subarray(0, 16))).toEqual(row);
});

test('floats beyond 0 … 1 are refused with the remedy', async () => {
  await expect(imageOf(fixture('images', 'double.tif'))).rejects.toThrow(
    /double\.tif: its values go from -99\.99\d+ to 200, beyond 0 … 1; say .* imageRange auto$/,
  );
});

describe('TIFF files that geotiff would misread are refused:', () => {
  const signed = readFileSync(fixture('images', 'signed.tif'));
  // Tags 258, bits a value, and 339, the kind of its numbers, as shorts.
  const tagged = (tag: number, value: number, from = signed) => {
    const bytes = Buffer.from(from);
    const at = bytes.indexOf(Buffer.from([tag & 255, tag >> 8, 3, 0, 1, 0, 0, 0]));
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt16LE(value, at + 8);
    return bytes;
  };
  const form = { size: 'auto', channels: 'auto', range: 'full' } as const;

  test.each([
    [24, 1, /unsigned integers of 24 bits, which are not read; write it with 16 or 32/],
    [20, 1, /unsigned integers of 20 bits/],
    [12, 2, /signed integers of 12 bits/],
    [24, 3, /floats of 24 bits/],
  ])('%i bits of kind %i', async (bits, kind, message) => {
    const file = tagged(339, kind, tagged(258, bits));
    await expect(decodeImage(file, 'a.tif', form)).rejects.toThrow(message);
  });

  test('the lowest bits first', async () => {
    const twelve = readFileSync(fixture('images', 'twelve.tif'));
    // The number of pixels' bands becomes the order of bits, which is 2.
    const at = twelve.indexOf(Buffer.from([277 >> 8, 277 & 255]));
    twelve.writeUInt16BE(266, at);
    twelve.writeUInt32BE(2, at + 8);
    await expect(decodeImage(twelve, 'a.tif', form)).rejects.toThrow(/FillOrder 2/);
  });
});

describe.skipIf(hardCases === null)('hard cases', () => {
  const path = (name: string) => join(hardCases ?? '', 'images', name);

  test('a JPEG and a PNG of one picture are within 5 of each other at 32×32', async () => {
    const [png, jpeg] = await Promise.all(
      ['zone160.png', 'zone160.jpg'].map((name) => imageOf(path(name), { imageSize: '32' })),
    );
    const worst = png.images.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - jpeg.images[at])),
      0,
    );
    expect(worst).toBeLessThanOrEqual(5);
  });

  test.each([
    ['f32_01.tif', {}, Array.from({ length: 16 }, (_, at) => 17 * at)],
    ['u32.tif', {}, [0, 0, 0, 0, 128]],
    ['i16.tif', {}, [127, 128, 128, 128, 255]],
    ['i16.tif', { imageRange: '-100:32767' }, [0, 1, 3, 3, 255]],
    ['g12in16.png', { imageRange: '0:4095' }, [0, 64, 128, 191, 255]],
  ])('%s %j', async (name, settings, values) => {
    expect(Array.from((await imageOf(path(name), settings)).images)).toEqual(values);
  });

  test('five bands are five channels', async () => {
    const { channels, images } = await imageOf(path('ms5.tif'));
    expect(channels).toBe(5);
    const planes = [10, 20, 30, 40, 50].flatMap((value) => Array(16).fill(value));
    expect(Array.from(images)).toEqual(planes);
  });
});
