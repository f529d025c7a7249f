import type { CodecFrame, OggPage, OpusHeader } from 'codec-parser';
import { textAt } from './chunks.ts';
import { flacValues, opusValues, refuseClaims, vorbisValues } from './claims.ts';
import type { Sound } from './sound.ts';

/** What the decoders give. */
interface Decoded {
  channelData: Float32Array[];
  sampleRate: number;
  samplesDecoded: number;
  errors: readonly { message: string }[];
}

interface Decoder {
  ready: Promise<void>;
  free(): void;
}

/** Opens a decoder for one file and closes it again: they keep their state from file to file. */
async function decodeBy<D extends Decoder>(
  decoder: D,
  decode: (decoder: D) => Decoded | Promise<Decoded>,
): Promise<Sound> {
  await decoder.ready;
  try {
    const { channelData, sampleRate, samplesDecoded, errors } = await decode(decoder);
    if (errors.length > 0) throw new Error(errors[0].message);
    return {
      rate: sampleRate,
      channels: channelData.map((own) => own.subarray(0, samplesDecoded)),
    };
  } finally {
    decoder.free();
  }
}

/** The frames of a file, or its pages. */
async function parsed<Part extends CodecFrame | OggPage>(
  type: 'audio/flac' | 'audio/ogg',
  bytes: Uint8Array,
): Promise<Part[]> {
  const { default: CodecParser } = await import('codec-parser');
  return new CodecParser<Part>(type, { enableFrameCRC32: false }).parseAll(bytes);
}

const contents = (frames: readonly CodecFrame[]): Uint8Array[] => frames.map(({ data }) => data);

export const isFlac = (bytes: Uint8Array): boolean => textAt(bytes, 0) === 'fLaC';

/** Reads a FLAC file. @throws Error for one that holds fewer samples than it states */
export async function readFlac(bytes: Uint8Array): Promise<Sound> {
  const sound = await decodeFlac(await parsed('audio/flac', bytes), bytes);
  refuseShort(sound, flacSamples(bytes));
  return sound;
}

async function decodeFlac(frames: readonly CodecFrame[], bytes: Uint8Array): Promise<Sound> {
  refuseClaims(flacValues(frames), bytes);
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  return decodeBy(new FLACDecoder(), (decoder) => decoder.decodeFrames(contents(frames)));
}

/** Samples a channel by the block STREAMINFO, whose last 36 bits before its MD5 they are; 0 unstated. */
function flacSamples(bytes: Uint8Array): number {
  if (bytes.length < 26) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22);
}

function refuseShort({ channels }: Sound, stated: number): void {
  const found = channels[0]?.length ?? 0;
  if (found < stated) throw new Error(`it stops after ${found} of ${stated} samples`);
}

/** Whether a file begins with an MP3's frame, or the tags that stand before one. */
export const isMp3 = (bytes: Uint8Array): boolean =>
  textAt(bytes, 0).startsWith('ID3') || (bytes[0] === 0xff && (bytes[1] & 0xe6) === 0xe2);

/**
 * Reads an MP3 file; what its encoder put before and behind the sound is left out where the file
 * says how much that is.
 */
export async function readMp3(bytes: Uint8Array): Promise<Sound> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  return decodeBy(new MPEGDecoder(), (decoder) => decoder.decode(bytes));
}

export const isOgg = (bytes: Uint8Array): boolean => textAt(bytes, 0) === 'OggS';

/** Reads a file of Ogg Vorbis, Opus or FLAC. @throws Error for one without a last page */
export async function readOgg(bytes: Uint8Array): Promise<Sound> {
  if (!endsWhole(bytes)) throw new Error('its last page is missing');
  const pages = await parsed<OggPage>('audio/ogg', bytes);
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (start.includes('OpusHead')) return readOpus(pages, bytes);
  if (start.includes('FLAC')) return decodeFlac(framesOf(pages), bytes);
  refuseClaims(vorbisValues(pages), bytes);
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  return decodeBy(new OggVorbisDecoder(), (decoder) => decoder.decodeOggPages(pages));
}

const framesOf = (pages: readonly OggPage[]): CodecFrame[] =>
  pages.flatMap(({ codecFrames }) => codecFrames);

/** Whether the last page is marked as such and is there to its end. */
function endsWhole(bytes: Uint8Array): boolean {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('OggS');
  if (at + 27 > bytes.length || (bytes[at + 5] & 4) === 0) return false;
  const segments = bytes.subarray(at + 27, at + 27 + bytes[at + 26]);
  return at + 27 + segments.length + segments.reduce((sum, n) => sum + n, 0) <= bytes.length;
}

/** Opus is always of 48 kHz; it begins `preSkip` samples in and ends at the last granule (RFC 7845). */
async function readOpus(pages: readonly OggPage[], bytes: Uint8Array): Promise<Sound> {
  const frames = framesOf(pages);
  if (frames.length === 0) throw new Error('it holds no samples');
  refuseClaims(opusValues(frames), bytes);
  const { OpusDecoder } = await import('opus-decoder');
  const header = frames[0].header as OpusHeader;
  const { channels, streamCount, coupledStreamCount, channelMappingTable, preSkip } = header;
  const layout = { channels, streamCount, coupledStreamCount, channelMappingTable, preSkip };
  const sound = await decodeBy(new OpusDecoder(layout), (decoder) =>
    decoder.decodeFrames(contents(frames)),
  );
  const length = Number(pages.at(-1)?.absoluteGranulePosition) - preSkip;
  return { ...sound, channels: sound.channels.map((own) => own.subarray(0, length)) };
}
