/** Planes of bytes, one channel grey, three red, green and blue. */
export interface ImageSize {
  channels: number;
  height: number;
  width: number;
}

/**
 * An image as canvases want it: red, green, blue and opacity of each pixel.
 *
 * @param image [channels][height][width]
 */
export function pixelsOf(
  image: Uint8Array,
  { channels, height, width }: ImageSize,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = height * width;
  const bytes = new Uint8ClampedArray(4 * pixels).fill(255);
  for (let at = 0; at < pixels; at++) {
    for (let c = 0; c < 3; c++) bytes[4 * at + c] = image[(c % channels) * pixels + at];
  }
  return bytes;
}
