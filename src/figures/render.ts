import type { Sharp } from 'sharp';
import { type ImageSize, pixelsOf } from './pixels.ts';

/** Loads the library where a picture is made, and only there. */
const openSharp = async () => (await import('sharp')).default;

/** A figure in SVG as PNG, so many pixels to a unit of its drawing. */
export async function renderSvg(svg: string, resolution = 1): Promise<Buffer> {
  const sharp = await openSharp();
  return sharp(Buffer.from(svg), { density: 72 * resolution, unlimited: true })
    .removeAlpha()
    .png()
    .toBuffer();
}

/** Red, green, blue and opacity of each pixel as PNG. */
export async function encodePixels(
  pixels: Uint8Array,
  width: number,
  height: number,
): Promise<Buffer> {
  const sharp = await openSharp();
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** Red, green, blue and opacity of each pixel as the URL of a PNG, for an SVG to hold. */
export async function pixelsUrl(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Promise<string> {
  const sharp = await openSharp();
  return urlOf(sharp(pixels, { raw: { width, height, channels: 4 } }));
}

/**
 * An image as the URL of a PNG in another size: enlarged without smoothing, made smaller with it.
 *
 * @param image [channels][height][width] bytes
 */
export async function imageUrl(
  image: Uint8Array,
  size: ImageSize,
  shown: { width: number; height: number },
): Promise<string> {
  const sharp = await openSharp();
  const { width, height } = size;
  const kernel = shown.width < width ? 'lanczos3' : 'nearest';
  const pixels = sharp(pixelsOf(image, size), { raw: { width, height, channels: 4 } });
  return urlOf(pixels.resize(shown.width, shown.height, { kernel, fit: 'fill' }));
}

const urlOf = async (picture: Sharp): Promise<string> =>
  `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`;
