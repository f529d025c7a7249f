import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fuzzBytes } from '../../../testkit/fuzz.ts';
import { jpegHead } from './jpegHead.ts';
import { openRaster } from './raster.ts';

const raw = { width: 4, height: 2, channels: 3 } as const;
const picture = () =>
  sharp(
    Uint8Array.from({ length: 24 }, (_, at) => at * 10),
    { raw },
  );

describe('the head of a JPEG file', () => {
  test('colours, grey, and inks', async () => {
    const colours = await picture().jpeg().toBuffer();
    const grey = await picture().toColourspace('b-w').jpeg({ progressive: true }).toBuffer();
    const inks = await picture().toColourspace('cmyk').jpeg().toBuffer();
    const heads = [colours, grey, inks].map(jpegHead);
    expect(heads.map((head) => head?.components)).toEqual([3, 1, 4]);
    const bands = await Promise.all(
      [colours, grey, inks].map(async (f) => (await openRaster(f)).bands),
    );
    expect(bands).toEqual([3, 1, 3]);
  });

  test('a file that is to be turned is', async () => {
    const turned = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(jpegHead(turned)).toEqual({ components: 3, exif: true });
    expect(await openRaster(turned)).toMatchObject({ height: 4, width: 2 });
  });

  test('of what is no JPEG file, or ends early, nothing is said', async () => {
    const file = await picture().jpeg().toBuffer();
    expect(jpegHead(await picture().png().toBuffer())).toBeNull();
    expect(jpegHead(file.subarray(0, 30))).toBeNull();
  });
});

const file = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer();
fuzzBytes('heads of JPEG files', { valid: [file], parse: (bytes) => jpegHead(Buffer.from(bytes)) });
