import type { GeoTIFFImage, Pool, TypedArray } from 'geotiff';
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
const lowBitsFirst = 2;
const differences = 2;

/** Bits of the values that geotiff reads right, by sample format; of unsigned ones also all that are fewer than 16. */
const depths: Record<number, number[]> = { 1: [16, 32], 2: [8, 16, 32], 3: [16, 32, 64] };

/** Whether a file begins as TIFF or BigTIFF files do, in either order of bytes. */
export const isTiff = (bytes: Buffer): boolean =>
  /^(II[*+]\0|MM\0[*+])$/s.test(bytes.toString('latin1', 0, 4));

/**
 * Reads the first image of a TIFF file where it is grey or red, green and blue, with any number of
 * further bands, in integers or floats of any length. The last band is alpha only if a tag says so.
 *
 * @returns null for the files that libvips reads as well: bytes without further bands, and colours
 *   of another kind
 * @throws Error where the file is no whole image, or holds values of a length that is not read
 */
export async function openTiff(bytes: Buffer): Promise<Raster | null> {
  refuseClaims(bytes);
  const geotiff = await import('geotiff');
  const { fromArrayBuffer } = geotiff;
  const tiff = await fromArrayBuffer(new Uint8Array(bytes).buffer);
  const image = await tiff.getImage(0);
  const tags = await tagsOf(image);
  if (isForVips(tags)) return null;
  refuseDepths(tags);
  const [height, width, bands] = [image.getHeight(), image.getWidth(), image.getSamplesPerPixel()];
  const largest = Math.max(unquestioned, mostValuesAByte * bytes.length);
  if (!(height * width * bands <= Math.min(mostValues, largest))) {
    const claim = `it claims ${width} × ${height} pixels of ${bands} values`;
    throw new Error(`${claim} in a file of ${bytes.length} bytes`);
  }
  const pool = isTurned(image, tags) ? lowByteFirst(geotiff) : null;
  if (pool) image.littleEndian = true;
  const read = (await image.readRasters({ interleave: true, pool })) as TypedArray;
  const scale = scaleOf(tags);
  const values = tags.photometric === whiteIsZero ? inverted(read, scale, bands) : read;
  const pages = await tiff.getImageCount();
  return { height, width, bands, alpha: alphaOf(tags), values, scale, pages };
}

/**
 * Whether values come out of geotiff's decoding with the low byte first where the file has the high one first:
 * it unpacks bits, and adds differences up, in this machine's order.
 */
const isTurned = ({ littleEndian }: GeoTIFFImage, { bits, predictor }: Tags): boolean =>
  !littleEndian && (bits[0] % 8 > 0 || predictor > 1);

/** A pool that decodes as geotiff does, differences of bytes in the file's order among them. */
function lowByteFirst({ BaseDecoder, getDecoder }: typeof import('geotiff')): Pool {
  class Differences extends BaseDecoder {
    override decodeBlock(bytes: ArrayBufferLike): ArrayBufferLike {
      return bytes;
    }
  }
  return {
    workerWrappers: null,
    destroy: () => Promise.resolve(),
    bindParameters: (compression, parameters) => ({
      async decode(packed: ArrayBufferLike) {
        const unpacking = await getDecoder(compression, { ...parameters, predictor: 1 });
        const bytes = await unpacking.decode(packed);
        const [bits] = listOf(parameters.bitsPerSample);
        if (parameters.predictor === differences) swapBytes(bytes, bits);
        return new Differences(parameters).decode(bytes);
      },
    }),
  };
}

/** Turns each value's bytes around where they lie. */
function swapBytes(bytes: ArrayBufferLike, bits: number): void {
  const all = Buffer.from(bytes);
  if (bits === 16) all.swap16();
  if (bits === 32) all.swap32();
}

/** The tags of an image that decide how it is read. */
interface Tags {
  photometric: number;
  /** values a pixel */
  bands: number;
  /** of each band */
  bits: number[];
  /** of each band: 1 unsigned, 2 signed, 3 floating */
  formats: number[];
  /** 2 where the lowest bit of a byte comes first */
  fillOrder: number;
  /** 1 for values as they are, 2 and 3 for differences from their neighbours */
  predictor: number;
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
  | 'FillOrder'
  | 'Predictor'
  | 'Orientation';

async function tagsOf(image: GeoTIFFImage): Promise<Tags> {
  const { fileDirectory } = image;
  const numbers = async (tag: TagRead): Promise<number[]> =>
    listOf(await fileDirectory.loadValue(tag));
  const [[photometric = rgb], [fillOrder = 1], [predictor = 1], [orientation = 1]] =
    await Promise.all([
      numbers('PhotometricInterpretation'),
      numbers('FillOrder'),
      numbers('Predictor'),
      numbers('Orientation'),
    ]);
  const [bits, formats, extra] = await Promise.all([
    numbers('BitsPerSample'),
    numbers('SampleFormat'),
    numbers('ExtraSamples'),
  ]);
  const tags = {
    ...{ photometric, fillOrder, predictor, extra, bands: image.getSamplesPerPixel() },
    bits: bits.length > 0 ? bits : [1],
    formats: formats.length > 0 ? formats : [unsigned],
  };
  if (orientation === 1 || isForVips(tags)) return tags;
  throw new Error(
    `it is to be turned (orientation ${orientation}), which only 8-bit colours can be`,
  );
}

/** Bands beyond the colours are taken for alpha by libvips where no tag says what they are. */
const isForVips = ({ photometric, bands, bits, formats, extra }: Tags): boolean =>
  photometric > rgb ||
  (bits[0] <= 8 &&
    formats[0] === unsigned &&
    extra.length === 0 &&
    bands === (photometric === rgb ? 3 : 1));

/** geotiff makes other values of lengths that it does not know, and of bits that lie the other way round. */
function refuseDepths({ bits, formats, fillOrder }: Tags): void {
  const [length, format] = [bits[0], formats[0]];
  const alike = bits.every((own) => own === length) && formats.every((own) => own === format);
  const known = depths[format]?.includes(length) || (format === unsigned && length < 16);
  const kinds = ['', 'unsigned integers', 'signed integers', 'floats'];
  if (!alike)
    throw new Error(`its bands are of different lengths or kinds, ${bits.join(', ')} bits`);
  if (!known)
    throw new Error(
      `it holds ${kinds[format] ?? 'values'} of ${length} bits, which are not read; write it with 16 or 32`,
    );
  if (fillOrder === lowBitsFirst)
    throw new Error('its bytes begin with their lowest bits (FillOrder 2), which is not read');
}

function alphaOf({ extra }: Tags): Raster['alpha'] {
  if (extra.at(-1) === associatedAlpha) return 'multiplied';
  return extra.at(-1) === unassociatedAlpha ? 'apart' : 'none';
}

function scaleOf({ bits: [bits], formats: [format] }: Tags): Raster['scale'] {
  if (format === unsigned) return { low: 0, high: 2 ** bits - 1 };
  if (format === signed) return { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 };
  return { low: 0, high: 1 };
}

/** Grey whose white is 0 the other way round; what stands beside the grey, alpha among it, stays. */
const inverted = (
  values: TypedArray,
  { low, high }: Raster['scale'],
  bands: number,
): Float64Array =>
  Float64Array.from(values, (value, at) => (at % bands === 0 ? high + low - value : value));
