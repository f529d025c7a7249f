import type { CodecFrame, FLACHeader, OggPage, OpusHeader } from 'codec-parser';

/** As many values, of all channels, may be packed into a file of any length; beyond, so many a byte: silence takes fewest. */
const unquestioned = 2 ** 25;
const mostValuesAByte = 2048;
const mostValues = 2 ** 29;

/**
 * Refuses a file whose packets would be decoded to more values than its bytes can mean, before any
 * of them is: a damaged header claims 255 channels, or blocks of many samples.
 *
 * @param values samples times channels that the packets hold at most
 * @throws Error saying how many
 */
export function refuseClaims(values: number, { length }: Uint8Array): void {
  const most = Math.min(mostValues, Math.max(unquestioned, mostValuesAByte * length));
  if (values <= most) return;
  const rule = `${length} bytes are taken to hold up to ${most}`;
  throw new Error(`its packets would make ${values} samples of all channels, but ${rule}`);
}

/** What frames of FLAC hold, each by its own header. */
export const flacValues = (frames: readonly CodecFrame[]): number =>
  frames.reduce((sum, { header }) => {
    const { blockSize, channels } = header as FLACHeader;
    return sum + blockSize * channels;
  }, 0);

/** The same of packets of Opus, always at 48 kHz and of as many channels as the first. */
export function opusValues(frames: readonly CodecFrame[]): number {
  const headers = frames.map(({ header }) => header as OpusHeader);
  const milliseconds = headers.reduce((sum, own) => sum + own.frameCount * own.frameSize, 0);
  return milliseconds * 48 * (headers[0]?.channels ?? 0);
}

/**
 * What packets of Vorbis hold at most: half of the longer block each. The first page says how long
 * that is, and how many channels there are, in bytes 28 and 11.
 *
 * @throws Error where there is no such page
 */
export function vorbisValues(pages: readonly OggPage[]): number {
  const identification = pages.find(({ data }) => data[0] === 1 && data.length >= 30)?.data;
  if (!identification) throw new Error('its first header is missing');
  const packets = pages.reduce((sum, { codecFrames }) => sum + codecFrames.length, 0);
  return packets * 2 ** ((identification[28] >> 4) - 1) * identification[11];
}
