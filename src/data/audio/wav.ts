import { type AdpcmLayout, readIma, readMicrosoft } from './adpcm.ts';
import { type Chunk, chunkLayouts, chunksOf, textAt } from './chunks.ts';
import { mostChannels, type PcmLayout, readPcm } from './pcm.ts';
import type { Sound } from './sound.ts';

/** Format tags (Microsoft's mmreg.h) that are read, and those that files have now and then. */
const tags = { pcm: 1, adpcm: 2, float: 3, aLaw: 6, muLaw: 7, ima: 0x11, extensible: 0xfffe };
const unread: Record<number, string> = {
  49: 'GSM 6.10',
  69: 'G.726',
  80: 'MPEG layer 1 or 2',
  85: 'MP3',
};

/** What a chunk `fmt ` says. */
interface Format {
  tag: number;
  channels: number;
  rate: number;
  /** bytes of a frame, or of a block where those are compressed */
  block: number;
  predictors: number[][] | undefined;
}

/** From this size on, a writer that could not go back has left what it began with. */
const unknownSize = 0x7fff_0000;

/** Whether a file begins as WAV, RF64 or Sony's W64 do. */
export const isWav = (bytes: Uint8Array): boolean =>
  ['RIFF', 'RIFX', 'RF64', 'BW64', 'riff'].includes(textAt(bytes, 0));

/**
 * Reads a WAV file: PCM of any depth, floats, A-law, µ-law, IMA and Microsoft ADPCM, plain or
 * extensible, in RIFF, RIFX, RF64, BW64 or W64.
 *
 * @throws Error for a file that is none, is cut short or holds another encoding
 */
export function readWav(bytes: Uint8Array): Sound {
  const big = textAt(bytes, 0) === 'RIFX';
  const layout =
    textAt(bytes, 0) === 'riff' ? chunkLayouts.w64 : chunkLayouts[big ? 'big' : 'little'];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | null = null;
  let longSize = Number.NaN;
  for (const chunk of chunksOf(bytes, layout)) {
    const { name, start } = chunk;
    if (name === 'fmt ') format = readFormat(view, chunk, !big);
    if (name === 'ds64' && start + 16 <= bytes.length)
      longSize = Number(view.getBigUint64(start + 8, true));
    if (name !== 'data') continue;
    if (!format) throw new Error('its samples stand before their format');
    const size = chunk.size === 0xffff_ffff && longSize >= 0 ? longSize : chunk.size;
    return { rate: format.rate, channels: decode(dataOf(bytes, start, size), format, !big) };
  }
  throw new Error(format ? 'it holds no samples' : 'it is no WAV file');
}

function dataOf(bytes: Uint8Array, start: number, size: number): Uint8Array {
  const there = bytes.length - start;
  if (size <= there) return bytes.subarray(start, start + size);
  if (size >= unknownSize && size <= 0xffff_ffff) return bytes.subarray(start);
  throw new Error(`it stops after ${there} of ${size} bytes`);
}

function readFormat(view: DataView, { start, size }: Chunk, little: boolean): Format {
  if (size < 16 || start + size > view.byteLength) throw new Error('its format is cut short');
  const word = (at: number) => view.getUint16(start + at, little);
  const tag = word(0) === tags.extensible && size >= 40 ? word(24) : word(0);
  const [channels, block, rate] = [word(2), word(12), view.getUint32(start + 4, little)];
  if (channels < 1 || channels > mostChannels) throw new Error(`it states ${channels} channels`);
  if (rate < 1 || block < 1)
    throw new Error(`it states ${rate} samples a second of ${block} bytes`);
  return {
    tag,
    channels,
    rate,
    block,
    predictors: predictorsOf(view, { start, size }, tag, little),
  };
}

/** The pairs that Microsoft ADPCM states behind the format: count, then signed words. */
function predictorsOf(
  view: DataView,
  { start, size }: Omit<Chunk, 'name'>,
  tag: number,
  little: boolean,
) {
  if (tag !== tags.adpcm || size < 22) return undefined;
  const count = Math.min(view.getUint16(start + 20, little), (size - 22) >> 2);
  return Array.from({ length: count }, (_, pair) =>
    [0, 2].map((half) => view.getInt16(start + 22 + 4 * pair + half, little)),
  );
}

function decode(bytes: Uint8Array, format: Format, littleEndian: boolean): Float32Array[] {
  const { tag, channels, block, predictors } = format;
  const adpcm: AdpcmLayout = { channels, block };
  if (tag === tags.ima) return readIma(bytes, adpcm);
  if (tag === tags.adpcm) return readMicrosoft(bytes, adpcm, predictors);
  return readPcm(bytes, { channels, bytes: block / channels, kind: kindOf(format), littleEndian });
}

function kindOf({ tag, channels, block }: Format): PcmLayout['kind'] {
  if (tag === tags.pcm) return block === channels ? 'unsigned' : 'signed';
  if (tag === tags.float) return 'float';
  if (tag === tags.aLaw) return 'a-law';
  if (tag === tags.muLaw) return 'mu-law';
  throw new Error(`its samples are ${unread[tag] ?? `of format ${tag}`}, which is not read`);
}
