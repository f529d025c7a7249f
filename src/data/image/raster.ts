import type { Metadata } from 'sharp';
import { type JpegHead, jpegHead } from './jpegHead.ts';
import { isTiff, openTiff } from './tiff.ts';

/** The values of an image as its file has them. */
export interface Raster {
  height: number;
  width: number;
  /** values a pixel, alpha counted */
  bands: number;
  /** whether the last band is alpha, and whether the others are multiplied by it already */
  alpha: 'none' | 'apart' | 'multiplied';
  /** [height][width][bands] */
  values: ArrayLike<number>;
  /** the least and the greatest value that the type can hold; of floats 0 and 1 */
  scale: { low: number; high: number };
  /** pages or frames of the file, of which the first is read */
  pages: number;
}

const byteScale = { low: 0, high: 255 };

/**
 * Reads an image file: turned upright as its EXIF says, colours in sRGB, a palette resolved, of
 * several pages or frames the first. Values have the file's own depth.
 *
 * The library is sharp rather than a canvas: canvases take a file cut short for an image that is
 * partly empty, and multiply colours by alpha. TIFF files whose values are neither bytes nor one of
 * its usual colours are read by geotiff: libvips would bend or clip them.
 *
 * @throws Error where the file is no whole image
 */
export async function openRaster(bytes: Buffer): Promise<Raster> {
  const raster = isTiff(bytes) ? await openTiff(bytes) : null;
  return raster ?? openBySharp(bytes);
}

/** Loaded where there is a picture to decode, since it takes its memory; asked for again it would take time. */
let library: Promise<typeof import('sharp')> | undefined;

async function openBySharp(bytes: Buffer): Promise<Raster> {
  library ??= import('sharp');
  const { default: sharp } = await library;
  const image = sharp(bytes, { failOn: 'error' });
  const head = jpegHead(bytes);
  // What a JPEG file's head says costs sharp a fifth of the time that decoding a small one takes.
  const metadata: ReadMetadata = head ? metadataOf(head) : await image.metadata();
  const deep = metadata.depth === 'ushort';
  const upright = head?.exif === false ? image : image.autoOrient();
  const { data, info } = await upright
    .toColourspace(spaceOf(metadata))
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { height, width, channels: bands } = info;
  const own = metadata.hasAlpha || bands === 2 || bands === 4;
  const shape = { height, width, bands, pages: metadata.pages ?? 1 };
  const alpha = own ? 'apart' : 'none';
  if (!deep) return { ...shape, alpha, values: data, scale: byteScale };
  const values = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return { ...shape, alpha, values, scale: { low: 0, high: 0xffff } };
}

type ReadMetadata = Pick<Metadata, 'depth' | 'space' | 'hasAlpha' | 'pages'>;

const metadataOf = ({ components }: JpegHead): ReadMetadata => ({
  depth: 'uchar',
  space: components === 1 ? 'b-w' : 'srgb',
  hasAlpha: false,
});

/** The space in which libvips leaves an image's values as they are. */
function spaceOf({ space, depth, hasAlpha }: ReadMetadata): string {
  if (depth === 'ushort') return space === 'grey16' && !hasAlpha ? 'grey16' : 'rgb16';
  return space === 'b-w' && !hasAlpha ? 'b-w' : 'srgb';
}
