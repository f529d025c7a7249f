import type { GeoTIFFImage, TypedArray } from 'geotiff';
import type { Raster } from './raster.ts';
import { refuseClaims } from './tiffClaims.ts';

/** Images of more values than this are taken for a mistake or worse. */
const mostValues = 2 ** 28;

/** As many values may be claimed by a file of any length; beyond, a byte may stand for so many. */
const unquestioned = 2 ** 24;
/** Deflate packs 1,032 bytes into one at best, LZW about 1,365. */
const mostValuesAByte = 2048;

/** What tags say: TIFF 6.0, sections 8 and 18; sample formats of section 19. */
const whiteIsZero = 0;
const rgb = 2;
const associatedAlpha = 1;
const unassociatedAlpha = 2;
const unsigned = 1;
const signed = 2;

/** Whether a file begins as TIFF or BigTIFF files do, in either order of bytes. */
export const isTiff = (bytes: Buffer): boolean =>
  /^(II[*+]\0|MM\0[*+])$/s.test(bytes.toString('latin1', 0, 4));

/**
 * Reads the first image of a TIFF file where it is grey or red, green and blue, with any number of
 * further bands, in integers or floats of any length. The last band is alpha only if a tag says so.
 *
 * @returns null for the files that libvips reads as well: bytes without further bands, and colours
 *   of another kind
 * @throws Error where the file is no whole image
 */
export async function openTiff(bytes: Buffer): Promise<Raster | null> {
  refuseClaims(bytes);
  const { fromArrayBuffer } = await import('geotiff');
  const tiff = await fromArrayBuffer(new Uint8Array(bytes).buffer);
  const image = await tiff.getImage(0);
  const tags = await tagsOf(image);
  if (isForVips(tags)) return null;
  const [height, width, bands] = [image.getHeight(), image.getWidth(), image.getSamplesPerPixel()];
  const largest = Math.max(unquestioned, mostValuesAByte * bytes.length);
  if (!(height * width * bands <= Math.min(mostValues, largest))) {
    const claim = `it claims ${width} × ${height} pixels of ${bands} values`;
    throw new Error(`${claim} in a file of ${bytes.length} bytes`);
  }
  const read = (await image.readRasters({ interleave: true })) as TypedArray;
  const scale = scaleOf(tags);
  const values = tags.photometric === whiteIsZero ? inverted(read, scale) : read;
  const pages = await tiff.getImageCount();
  return { height, width, bands, alpha: alphaOf(tags), values, scale, pages };
}

/** The tags of an image that decide how it is read. */
interface Tags {
  photometric: number;
  bits: number;
  /** 1 unsigned, 2 signed, 3 floating */
  format: number;
  /** what each band beyond the colours is */
  extra: number[];
}

const listOf = (value: number | ArrayLike<number> | undefined): number[] =>
  typeof value === 'number' ? [value] : Array.from(value ?? []);

type TagRead =
  | 'PhotometricInterpretation'
  | 'BitsPerSample'
  | 'SampleFormat'
  | 'ExtraSamples'
  | 'Orientation';

async function tagsOf({ fileDirectory }: GeoTIFFImage): Promise<Tags> {
  const numbers = async (tag: TagRead): Promise<number[]> =>
    listOf(await fileDirectory.loadValue(tag));
  const [[photometric = rgb], [bits = 1], [format = unsigned], extra, [orientation = 1]] =
    await Promise.all([
      numbers('PhotometricInterpretation'),
      numbers('BitsPerSample'),
      numbers('SampleFormat'),
      numbers('ExtraSamples'),
      numbers('Orientation'),
    ]);
  const tags = { photometric, bits, format, extra };
  if (orientation === 1 || isForVips(tags)) return tags;
  throw new Error(
    `it is to be turned (orientation ${orientation}), which only 8-bit colours can be`,
  );
}

const isForVips = ({ photometric, bits, format, extra }: Tags): boolean =>
  photometric > rgb || (bits <= 8 && format === unsigned && extra.length === 0);

function alphaOf({ extra }: Tags): Raster['alpha'] {
  if (extra.at(-1) === associatedAlpha) return 'multiplied';
  return extra.at(-1) === unassociatedAlpha ? 'apart' : 'none';
}

function scaleOf({ bits, format }: Tags): Raster['scale'] {
  if (format === unsigned) return { low: 0, high: 2 ** bits - 1 };
  if (format === signed) return { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 };
  return { low: 0, high: 1 };
}

const inverted = (values: TypedArray, { low, high }: Raster['scale']): Float64Array =>
  Float64Array.from(values, (value) => high + low - value);
