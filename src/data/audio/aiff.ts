import { chunkLayouts, chunksOf, textAt } from './chunks.ts';
import { mostChannels, type PcmLayout, readPcm } from './pcm.ts';
import type { Sound } from './sound.ts';

type Encoding = Pick<PcmLayout, 'kind' | 'littleEndian'>;

const big = { kind: 'signed', littleEndian: false } as const;

/** Compressions of AIFF-C by their four letters; those of plain AIFF are NONE. */
const encodings: Record<string, Encoding> = {
  NONE: big,
  twos: big,
  in24: big,
  in32: big,
  sowt: { kind: 'signed', littleEndian: true },
  'raw ': { kind: 'unsigned', littleEndian: false },
  fl32: { kind: 'float', littleEndian: false },
  fl64: { kind: 'float', littleEndian: false },
  alaw: { kind: 'a-law', littleEndian: false },
  ulaw: { kind: 'mu-law', littleEndian: false },
};

/** Bytes of a compressed sample, where the stated bits are those it unpacks to. */
const bytesOf: Record<string, number> = { alaw: 1, ulaw: 1, fl32: 4, fl64: 8 };

/** Whether a file begins as AIFF and AIFF-C do. */
export const isAiff = (bytes: Uint8Array): boolean =>
  textAt(bytes, 0) === 'FORM' && textAt(bytes, 8).startsWith('AIF');

/** Reads an AIFF or AIFF-C file. @throws Error for one that is cut short or holds another encoding */
export function readAiff(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let common: Common | null = null;
  let data: Uint8Array | null = null;
  for (const { name, start, size } of chunksOf(bytes, chunkLayouts.big)) {
    if (name === 'COMM' && size >= 18 && start + size <= bytes.length) {
      common = readCommon(view, start, size);
    }
    if (name !== 'SSND' || size < 8) continue;
    if (start + size > bytes.length) {
      throw new Error(`it stops after ${bytes.length - start} of ${size} bytes`);
    }
    data = bytes.subarray(start + 8 + view.getUint32(start), start + size);
  }
  if (!common || !data) throw new Error('it is no AIFF file');
  const { frames, rate, ...layout } = common;
  const channels = readPcm(data, layout).map((samples) => samples.subarray(0, frames));
  return { rate, channels };
}

interface Common extends PcmLayout {
  frames: number;
  rate: number;
}

function readCommon(view: DataView, start: number, size: number): Common {
  const [channels, frames] = [view.getUint16(start), view.getUint32(start + 2)];
  const bits = view.getUint16(start + 6);
  const rate = Math.round(extendedAt(view, start + 8));
  const letters = Array.from({ length: 4 }, (_, i) =>
    size >= 22 ? view.getUint8(start + 18 + i) : 0,
  );
  const name = size >= 22 ? String.fromCharCode(...letters) : 'NONE';
  const encoding = encodings[name] ?? encodings[name.toLowerCase()];
  if (!encoding) throw new Error(`its samples are of format ${name}, which is not read`);
  if (channels < 1 || channels > mostChannels) throw new Error(`it states ${channels} channels`);
  if (!(rate >= 1)) throw new Error(`it states ${rate} samples a second`);
  const bytes = bytesOf[name.toLowerCase()] ?? Math.ceil(bits / 8);
  return { channels, frames, rate, bytes, ...encoding };
}

/** An 80-bit float of IEEE 754, of which no rate needs more than the upper 32 bits of mantissa. */
function extendedAt(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383;
  return view.getUint32(at + 2) * 2 ** (exponent - 31);
}
