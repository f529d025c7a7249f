import { RequestError } from '../errors.ts';

/** Height and width of an image in pixels. */
export interface ImageSize {
  height: number;
  width: number;
}

/** What `--image-channels` may say. */
export const channelChoices = ['auto', 'grey', 'colour', 'colour-alpha'] as const;

/** `auto` is grey where every image is, else colour; only `colour-alpha` keeps transparency. */
export type ImageChannels = (typeof channelChoices)[number];

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
    `--image-size ${text}: a size is auto, a side such as 32, or height by width such as 32x48`,
  );
}

/** The text of a size that `parseImageSize` reads. */
export const imageSizeText = ({ height, width }: ImageSize): string =>
  height === width ? `${height}` : `${height}x${width}`;

/** How sound clips become log-mel spectrograms. */
export interface SpectrogramParameters {
  /** Samples a second; clips of another rate are resampled. */
  rate: number;
  /** Length of the analysed window, in milliseconds. */
  window: number;
  /** From one window's start to the next one's, in milliseconds. */
  hop: number;
  /** Mel bands, the image's rows. */
  mels: number;
  /** The image's columns; `auto` is as many as the longest clip has. */
  frames: number | 'auto';
  /** Decibels from black to white. */
  range: number;
  /** What white is: the clip's own loudest value, or a full-scale sine. */
  level: 'clip' | 'full';
}

/** The parameters where nothing is said. */
export const spectrogramDefaults: SpectrogramParameters = {
  rate: 16_000,
  window: 25,
  hop: 10,
  mels: 64,
  frames: 'auto',
  range: 80,
  level: 'clip',
};

/** The text of all parameters, `rate=16000,window=25,…`. */
export const spectrogramText = (parameters: SpectrogramParameters): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** The text of the parameters where nothing is said. */
export const defaultSpectrogram = spectrogramText(spectrogramDefaults);
