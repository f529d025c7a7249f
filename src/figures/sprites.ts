import { type ImageSize, pixelsOf } from './pixels.ts';
import { encodePixels } from './render.ts';

/** Images along a side of a sheet, at most. */
export const mostSpriteSide = 128;
/** Pixels along a side that browsers draw from. */
const mostPixels = 8192;
const channels = 4;

/**
 * Small images in rows from the top left, as many rows as columns, whatever is left over blank: how
 * TensorBoard's projector takes them apart. Of large images every so many pixels are shown.
 *
 * @param images [channels][height][width] bytes each
 * @returns a PNG, and the size of an image in it
 */
export async function drawSprites(
  images: readonly Uint8Array[],
  size: ImageSize,
): Promise<{ png: Buffer; cell: { width: number; height: number } }> {
  const side = Math.ceil(Math.sqrt(images.length));
  const stride = Math.ceil((mostSpriteSide * Math.max(size.width, size.height)) / mostPixels);
  const [width, height] = [size.width, size.height].map((extent) => Math.ceil(extent / stride));
  const sheet = new Uint8Array(channels * side * width * side * height);
  images.forEach((image, place) => {
    const pixels = pixelsOf(image, size);
    const corner = Math.floor(place / side) * height * side * width + (place % side) * width;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const from = channels * (y * stride * size.width + x * stride);
        const to = channels * (corner + y * side * width + x);
        sheet.set(pixels.subarray(from, from + channels), to);
      }
  });
  const png = await encodePixels(sheet, side * width, side * height);
  return { png, cell: { width, height } };
}
