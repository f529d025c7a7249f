/** How samples lie in a file, channel by channel within a frame. */
export interface PcmLayout {
  channels: number;
  /** Bytes of a sample, whatever part of their bits counts: those stand on top. */
  bytes: number;
  kind: 'unsigned' | 'signed' | 'float' | 'a-law' | 'mu-law';
  littleEndian: boolean;
}

/** The most channels that a file may have. */
export const mostChannels = 256;

type ReadSample = (view: DataView, at: number) => number;

/**
 * The samples of each channel; what remains behind the last whole frame is left out.
 *
 * @throws Error for samples of a length that there is not
 */
export function readPcm(bytes: Uint8Array, layout: PcmLayout): Float32Array[] {
  const { channels, bytes: size } = layout;
  const read = readerOf(layout);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = Math.floor(bytes.length / (channels * size));
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    let at = channel * size;
    for (let frame = 0; frame < frames; frame++, at += channels * size) {
      samples[frame] = read(view, at);
    }
    return samples;
  });
}

function readerOf({ kind, bytes, littleEndian }: PcmLayout): ReadSample {
  const readers: { [K in PcmLayout['kind']]: Record<number, ReadSample> } = {
    unsigned: { 1: (view, at) => (view.getUint8(at) - 128) / 128 },
    signed: {
      1: (view, at) => view.getInt8(at) / 2 ** 7,
      2: (view, at) => view.getInt16(at, littleEndian) / 2 ** 15,
      3: littleEndian
        ? (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23
        : (view, at) => ((view.getInt8(at) << 16) | view.getUint16(at + 1)) / 2 ** 23,
      4: (view, at) => view.getInt32(at, littleEndian) / 2 ** 31,
      8: (view, at) => Number(view.getBigInt64(at, littleEndian)) / 2 ** 63,
    },
    float: {
      4: (view, at) => view.getFloat32(at, littleEndian),
      8: (view, at) => view.getFloat64(at, littleEndian),
    },
    'a-law': { 1: (view, at) => aLaw(view.getUint8(at)) },
    'mu-law': { 1: (view, at) => muLaw(view.getUint8(at)) },
  };
  const read = readers[kind][bytes];
  if (read) return read;
  throw new Error(`it holds ${kind} samples of ${bytes} bytes`);
}

/** ITU-T G.711, A-law: even bits inverted, a sign, 3 bits of segment, 4 of step. */
function aLaw(byte: number): number {
  const code = byte ^ 0x55;
  const [segment, step] = [(code >> 4) & 7, code & 15];
  const magnitude = segment === 0 ? 2 * step + 1 : (2 * step + 33) << (segment - 1);
  return ((code & 0x80 ? 1 : -1) * magnitude * 8) / 2 ** 15;
}

/** ITU-T G.711, µ-law: all bits inverted, a sign, 3 bits of segment, 4 of step, a bias of 33. */
function muLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((2 * (code & 15) + 33) << ((code >> 4) & 7)) - 33;
  return ((code & 0x80 ? -1 : 1) * magnitude * 4) / 2 ** 15;
}
