import { describe, expect, test } from 'vitest';
import { RequestError } from '../../errors.ts';
import type { DecodedFile } from './decoded.ts';
import { stackImages } from './stack.ts';

const image = (values: number[], bands: number, more: Partial<DecodedFile> = {}): DecodedFile => ({
  ...{ path: 'a/b.png', height: 1, width: values.length / bands, bands, alpha: false, facts: {} },
  pixels: Uint8Array.from(values),
  ...more,
});

const grey = image([70, 70], 1);
const dull = image([70, 70, 70, 70, 70, 70], 3);
const bright = image([1, 2, 3, 4, 5, 6], 3);
const imagesOf = (...args: Parameters<typeof stackImages>) =>
  Array.from(stackImages(...args).images);

describe('stacking', () => {
  test('is grey where every image is, colour where one is not', () => {
    expect(stackImages([grey, dull], 'auto')).toMatchObject({ channels: 1, height: 1, width: 2 });
    const colours = [1, 4, 2, 5, 3, 6];
    expect(imagesOf([grey, bright], 'auto')).toEqual([70, 70, 70, 70, 70, 70, ...colours]);
  });

  test('is what is asked for otherwise', () => {
    expect(stackImages([dull], 'colour').channels).toBe(3);
    expect(imagesOf([dull, bright], 'grey')).toEqual([70, 70, 2, 5]);
    expect(imagesOf([bright], 'colour-alpha')).toEqual([1, 4, 2, 5, 3, 6, 255, 255]);
    const half = image([1, 2, 3, 128], 4, { alpha: true });
    expect(imagesOf([half], 'colour-alpha')).toEqual([1, 2, 3, 128]);
    const greyHalf = image([9, 128], 2, { alpha: true, width: 1 });
    expect(imagesOf([greyHalf], 'colour-alpha')).toEqual([9, 9, 9, 128]);
  });

  test('bands that are no colours are channels, four without alpha too', () => {
    const five = image([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5);
    expect(stackImages([five], 'auto').channels).toBe(5);
    expect(imagesOf([five], 'auto')).toEqual([1, 6, 2, 7, 3, 8, 4, 9, 5, 10]);
    const infrared = image([1, 2, 3, 4], 4);
    expect(stackImages([infrared], 'auto').channels).toBe(4);
  });
});

describe('refused:', () => {
  const infrared = image([1, 2, 3, 4, 5, 6, 7, 8], 4, { path: 'a/nir.tif' });

  test('several sizes, by name, with the flag that helps', () => {
    expect(() => stackImages([grey, image([1, 2, 3], 1)], 'auto')).toThrow(
      'a/b.png has 1x2 pixels, a/b.png 1x3; bring all to one size, as with imageSize 32',
    );
  });

  test('bands beside colours', () => {
    const stacking = () => stackImages([bright, infrared], 'auto');
    expect(stacking).toThrow(RequestError);
    expect(stacking).toThrow(
      'images of different bands: a/b.png has 3, a/nir.tif 4; keep one kind',
    );
  });

  test('grey of bands that are no colours', () => {
    expect(() => stackImages([infrared], 'grey')).toThrow(
      'imageChannels grey: a/nir.tif has 4 bands that are no colours; leave it out',
    );
  });
});
