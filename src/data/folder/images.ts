import sharp, { type Sharp } from 'sharp';
import { RequestError } from '../../errors.ts';
import type { ImageChannels, ImageSize } from '../imageForm.ts';

/** An image as it came from its file. */
export interface DecodedImage extends ImageSize {
  path: string;
  /** [height][width][3] red, green, blue; [4] with alpha */
  pixels: Uint8Array;
}

/** How images are brought into one form. */
export interface ImageForm {
  size: ImageSize | 'auto';
  channels: ImageChannels;
}

/** Images of one form. */
export interface ImageStack extends ImageSize {
  channels: number;
  /** [count][channels][height][width] */
  images: Uint8Array;
}

/**
 * Decodes an image file: turned upright as its EXIF says, in sRGB with 8 bits a value, over black
 * where it is transparent and alpha is not asked for. It is scaled so that it covers the size and
 * what juts out on two sides is cut off.
 *
 * The library is sharp rather than the canvas that draws the figures: that one takes a file cut
 * short for an image that is partly empty, and multiplies colours by alpha.
 *
 * @throws RequestError naming a file that is no whole image
 */
export async function decodeImage(
  bytes: Buffer,
  path: string,
  form: ImageForm,
): Promise<DecodedImage> {
  try {
    const raw = pipeline(bytes, form).raw({ depth: 'uchar' });
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    return { path, pixels: data, height: info.height, width: info.width };
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new RequestError(
      `${path}: no image can be read from it (${reason}); mend it or remove it`,
    );
  }
}

function pipeline(bytes: Buffer, { size, channels }: ImageForm): Sharp {
  const upright = sharp(bytes, { failOn: 'error' }).autoOrient().toColourspace('srgb');
  const coloured =
    channels === 'colour-alpha' ? upright.ensureAlpha() : upright.flatten({ background: '#000' });
  return size === 'auto' ? coloured : coloured.resize({ ...size, fit: 'cover' });
}

/**
 * Puts decoded images one behind the other, channel by channel; grey where that is asked for, or
 * where nothing is asked for and red, green and blue are alike in every image.
 *
 * @throws RequestError where the images differ in size
 */
export function stackImages(decoded: readonly DecodedImage[], asked: ImageChannels): ImageStack {
  const [{ height, width }] = decoded;
  refuseOtherSizes(decoded);
  const values = asked === 'colour-alpha' ? 4 : 3;
  const grey = asked === 'grey' || (asked === 'auto' && decoded.every(isGrey));
  const channels = grey ? 1 : values;
  const pixels = height * width;
  const images = new Uint8Array(decoded.length * channels * pixels);
  decoded.forEach((image, index) => {
    const planes = images.subarray(index * channels * pixels, (index + 1) * channels * pixels);
    if (grey) writeGrey(image.pixels, planes);
    else writePlanes(image.pixels, values, planes);
  });
  return { height, width, channels, images };
}

function refuseOtherSizes(decoded: readonly DecodedImage[]): void {
  const [first] = decoded;
  const other = decoded.find((d) => d.height !== first.height || d.width !== first.width);
  if (!other) return;
  throw new RequestError(
    `images of different sizes: ${first.path} has ${first.height}x${first.width} pixels, ` +
      `${other.path} ${other.height}x${other.width}; bring all to one size, as with --image-size 32`,
  );
}

function isGrey({ pixels }: DecodedImage): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

/** The luma of ITU-R BT.601, which leaves grey as it is. */
function writeGrey(pixels: Uint8Array, plane: Uint8Array): void {
  for (let at = 0; at < plane.length; at++) {
    const [red, green, blue] = pixels.subarray(3 * at, 3 * at + 3);
    plane[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
}

function writePlanes(pixels: Uint8Array, channels: number, planes: Uint8Array): void {
  const size = planes.length / channels;
  for (let at = 0; at < pixels.length; at++) {
    planes[(at % channels) * size + Math.floor(at / channels)] = pixels[at];
  }
}
