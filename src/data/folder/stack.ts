import { option, RequestError } from '../../errors.ts';
import type { Extent } from '../image/range.ts';
import type { ImageChannels, ImageSize } from '../imageForm.ts';
import type { DecodedFile } from './decoded.ts';

/** Images of one form. */
export interface ImageStack extends ImageSize {
  channels: number;
  /** [count][channels][height][width] */
  images: Uint8Array;
  /** what became black and white, where all files together told it */
  extent?: Extent;
}

/**
 * Puts decoded images one behind the other, channel by channel; grey where that is asked for, or
 * where nothing is asked for and red, green and blue are alike in every image. Images of bands that
 * are no colours have a channel for each.
 *
 * @throws RequestError where the images differ in size, or in bands beyond grey and colour
 */
export function stackImages(files: readonly DecodedFile[], asked: ImageChannels): ImageStack {
  const [{ height, width }] = files;
  refuseOtherForms(files, asked);
  const other = files.find(isOther);
  const write = other ? writePlanes : writerOf(files, asked);
  const channels = other ? other.bands : channelsOf(files, asked);
  const size = channels * height * width;
  const images = new Uint8Array(files.length * size);
  files.forEach((file, index) => {
    write(file, images.subarray(index * size, (index + 1) * size), channels);
  });
  return { height, width, channels, images };
}

/** @throws RequestError as `stackImages` does */
export function refuseOtherForms(files: readonly DecodedFile[], asked: ImageChannels): void {
  refuseOtherSizes(files);
  const other = files.find(isOther);
  if (other) refuseColours(files, other, asked);
}

const isOther = (file: DecodedFile): boolean => coloursOf(file) !== 1 && coloursOf(file) !== 3;

type Writer = (file: DecodedFile, planes: Uint8Array, channels: number) => void;

const coloursOf = ({ bands, alpha }: DecodedFile): number => (alpha ? bands - 1 : bands);

const isGreyStack = (files: readonly DecodedFile[], asked: ImageChannels): boolean =>
  asked === 'grey' || (asked === 'auto' && files.every(isGrey));

const writerOf = (files: readonly DecodedFile[], asked: ImageChannels): Writer =>
  isGreyStack(files, asked) ? writeGrey : writeColours;

function channelsOf(files: readonly DecodedFile[], asked: ImageChannels): number {
  if (asked === 'colour-alpha') return 4;
  return isGreyStack(files, asked) ? 1 : 3;
}

function refuseOtherSizes(files: readonly DecodedFile[]): void {
  const [first] = files;
  const other = files.find((file) => file.height !== first.height || file.width !== first.width);
  if (!other) return;
  throw new RequestError(
    `images of different sizes: ${first.path} has ${first.height}x${first.width} pixels, ` +
      `${other.path} ${other.height}x${other.width}; bring all to one size, as with ${option('imageSize')} 32`,
  );
}

/** Bands that are no colours can be neither mixed with others nor turned into grey. */
function refuseColours(files: readonly DecodedFile[], other: DecodedFile, asked: ImageChannels) {
  const odd = files.find(({ bands }) => bands !== other.bands);
  if (odd) {
    throw new RequestError(
      `images of different bands: ${odd.path} has ${odd.bands}, ${other.path} ${other.bands}; ` +
        'keep one kind and move the other elsewhere',
    );
  }
  if (asked === 'auto') return;
  throw new RequestError(
    `${option('imageChannels')} ${asked}: ${other.path} has ${other.bands} bands that are no colours; leave it out`,
  );
}

function isGrey({ pixels, bands }: DecodedFile): boolean {
  if (bands === 1) return true;
  for (let at = 0; at < pixels.length; at += bands) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

/** The luma of ITU-R BT.601, which leaves grey as it is. */
function writeGrey({ pixels, bands }: DecodedFile, plane: Uint8Array): void {
  for (let at = 0; at < plane.length; at++) {
    const from = at * bands;
    plane[at] =
      bands === 1
        ? pixels[from]
        : Math.round(0.299 * pixels[from] + 0.587 * pixels[from + 1] + 0.114 * pixels[from + 2]);
  }
}

/** Red, green and blue, which are alike of a grey image; then alpha, full where there is none. */
function writeColours(file: DecodedFile, planes: Uint8Array, channels: number): void {
  const { pixels, bands, alpha } = file;
  const [grey, size] = [coloursOf(file) === 1, planes.length / channels];
  for (let pixel = 0; pixel < size; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      planes[colour * size + pixel] = pixels[pixel * bands + (grey ? 0 : colour)];
    }
    if (channels === 4) planes[3 * size + pixel] = alpha ? pixels[(pixel + 1) * bands - 1] : 255;
  }
}

function writePlanes({ pixels }: DecodedFile, planes: Uint8Array, channels: number): void {
  const size = planes.length / channels;
  for (let at = 0; at < pixels.length; at++) {
    planes[(at % channels) * size + Math.floor(at / channels)] = pixels[at];
  }
}
