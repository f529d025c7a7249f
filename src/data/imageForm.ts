import { option, RequestError } from '../errors.ts';

/** Height and width of an image in pixels. */
export interface ImageSize {
  height: number;
  width: number;
}

/** What `imageChannels` may say. */
export const channelChoices = ['auto', 'grey', 'colour', 'colour-alpha'] as const;

/** `auto` is grey where every image is, else colour; only `colour-alpha` keeps transparency. */
export type ImageChannels = (typeof channelChoices)[number];

/** @throws RequestError unless the text is one of the choices */
export function parseImageChannels(text: string): ImageChannels {
  const found = channelChoices.find((choice) => choice === text);
  if (found) return found;
  throw new RequestError(
    `${option('imageChannels')} ${text}: must be one of ${channelChoices.join(', ')}; try ${channelChoices[0]}`,
  );
}

/**
 * Reads an image size: `32` is square, `32x48` is height by width, `auto` leaves images as they are.
 *
 * @throws RequestError on any other text
 */
export function parseImageSize(text: string): ImageSize | 'auto' {
  if (text === 'auto') return text;
  const match = /^([1-9]\d{0,3})(?:x([1-9]\d{0,3}))?$/.exec(text);
  if (match) return { height: Number(match[1]), width: Number(match[2] ?? match[1]) };
  throw new RequestError(
    `${option('imageSize')} ${text}: a size is auto, a side such as 32, or height by width such as 32x48`,
  );
}

/** The text of a size that `parseImageSize` reads. */
export function imageSizeText(size: ImageSize | 'auto'): string {
  if (size === 'auto') return size;
  const { height, width } = size;
  return height === width ? `${height}` : `${height}x${width}`;
}

/** What becomes black and white of values that are no bytes: `full` is the whole of their type. */
export type ImageRange = 'full' | 'auto' | { low: number; high: number };

/**
 * Reads a range: `full`, `auto` (from the least to the greatest value of all files), or `LOW:HIGH`.
 *
 * @throws RequestError on any other text
 */
export function parseImageRange(text: string): ImageRange {
  if (text === 'full' || text === 'auto') return text;
  const [low, high, ...rest] = text
    .split(':')
    .map((end) => (end.trim() === '' ? NaN : Number(end)));
  if (rest.length === 0 && Number.isFinite(low) && Number.isFinite(high) && low < high) {
    return { low, high };
  }
  throw new RequestError(
    `${option('imageRange')} ${text}: a range is full, auto, or the values of black and white such as 0:4095`,
  );
}

/** The text of a range that `parseImageRange` reads. */
export const imageRangeText = (range: ImageRange): string =>
  typeof range === 'string' ? range : `${range.low}:${range.high}`;
