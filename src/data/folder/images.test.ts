import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { plainPng, pngOf } from '../../../testkit/ownData.ts';
import { RequestError } from '../../errors.ts';
import { decodeImage, type ImageForm } from './images.ts';

const asIs: ImageForm = { size: 'auto', channels: 'auto', range: 'full' };

const decode = async (file: Buffer | Promise<Buffer>, form: Partial<ImageForm> = {}) =>
  decodeImage(await file, 'a/b.png', { ...asIs, ...form });

describe('decoding', () => {
  test('keeps colours, row by row', async () => {
    const values = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const image = await decode(pngOf(values, { height: 2, width: 3 }));
    expect(image).toMatchObject({ height: 2, width: 3, bands: 3, alpha: false, facts: {} });
    expect(Array.from(image.pixels)).toEqual(values);
  });

  test('puts what is transparent over black, or keeps alpha', async () => {
    const half = plainPng([200, 100, 50, 128], { height: 1, width: 1 });
    expect(Array.from((await decode(half)).pixels)).toEqual([100, 50, 25]);
    const kept = await decode(half, { channels: 'colour-alpha' });
    expect(Array.from(kept.pixels)).toEqual([200, 100, 50, 128]);
  });

  test('brings 16 bits to 8 by their full scale', async () => {
    const raw = { width: 1, height: 1, channels: 1 } as const;
    const deep = sharp(Uint16Array.of(40_000), { raw }).toColourspace('grey16').png().toBuffer();
    expect(Array.from((await decode(deep)).pixels)).toEqual([156]);
  });

  test('turns a photograph upright as its EXIF says', async () => {
    const lying = sharp(await plainPng([9, 9, 9], { height: 2, width: 6 }));
    const turned = await decode(lying.jpeg().withMetadata({ orientation: 6 }).toBuffer());
    expect([turned.height, turned.width]).toEqual([6, 2]);
  });

  test('covers the size and cuts the sides off, from the middle', async () => {
    const row = [0, 0, 90, 90, 90, 90, 0, 0];
    const wide = pngOf([row, row, row, row].flat(), { height: 4, width: 8 });
    const { pixels, ...size } = await decode(wide, { size: { height: 4, width: 4 } });
    expect(size).toMatchObject({ height: 4, width: 4 });
    expect(new Set(pixels)).toEqual(new Set([90]));
  });

  test.each(['png', 'jpeg', 'webp'] as const)('a %s cut short or spoilt is named', async (form) => {
    const noisy = Array.from({ length: 64 * 64 }, (_, at) => (at * at * 7919) % 251);
    const whole = await sharp(await pngOf(noisy, { height: 64, width: 64 }))
      [form]()
      .toBuffer();
    const cut = whole.subarray(0, whole.length * 0.6);
    await expect(decode(whole)).resolves.toBeDefined();
    await expect(decode(cut)).rejects.toThrow(RequestError);
    await expect(decode(cut)).rejects.toThrow(
      /^a\/b\.png: no image can be read from it \(.+\); mend/,
    );
  });

  test.each(['', 'no image at all'])('%j is no image', async (text) => {
    await expect(decode(Buffer.from(text))).rejects.toThrow('a/b.png: no image can be read');
  });
});
