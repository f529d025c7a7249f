/** What is common to both kinds: sizes of the blocks that decode on their own. */
export interface AdpcmLayout {
  channels: number;
  /** bytes of a block */
  block: number;
}

/** Decodes a block, as much of it as there is, and puts samples behind those of each channel. */
type DecodeBlock = (block: DataView, out: number[][]) => void;

/** Steps of IMA's quantiser (IMA Digital Audio Focus and Technical Working Groups, 1992). */
const imaSteps = [
  ...[7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60],
  ...[66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371],
  ...[408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707],
  ...[1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484],
  ...[7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385],
  ...[24623, 27086, 29794, 32767],
];
const imaIndexes = [-1, -1, -1, -1, 2, 4, 6, 8];

/** Microsoft's steps by a nibble, in 256ths, and the predictors that a file need not state. */
const microsoftSteps = [
  ...[230, 230, 230, 230, 307, 409, 512, 614],
  ...[768, 614, 512, 409, 307, 230, 230, 230],
];
const microsoftPredictors = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
];

/** IMA ADPCM as WAV files have it: each channel a header, then 8 samples of each in turn. */
export function readIma(bytes: Uint8Array, layout: AdpcmLayout): Float32Array[] {
  const { channels } = layout;
  return readBlocks(bytes, layout, 4 * channels, (block, out) => {
    const states = Array.from({ length: channels }, (_, channel) => ({
      sample: block.getInt16(4 * channel, true),
      index: limited(block.getUint8(4 * channel + 2), 0, 88),
    }));
    for (const [channel, { sample }] of states.entries()) out[channel].push(sample);
    for (let at = 4 * channels; at + 4 <= block.byteLength; at += 4) {
      const channel = (at / 4) % channels;
      for (let nibble = 0; nibble < 8; nibble++) {
        const code = (block.getUint8(at + (nibble >> 1)) >> (4 * (nibble & 1))) & 15;
        out[channel].push(nextIma(states[channel], code));
      }
    }
  });
}

function nextIma(state: { sample: number; index: number }, code: number): number {
  const step = imaSteps[state.index];
  const size =
    (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
  state.sample = limited(state.sample + (code & 8 ? -size : size), -32768, 32767);
  state.index = limited(state.index + imaIndexes[code & 7], 0, 88);
  return state.sample;
}

/**
 * Microsoft ADPCM: a block begins with each channel's predictor, step and two samples, then has a
 * nibble a sample, the channels in turn.
 *
 * @param predictors pairs of coefficients, in 256ths, as the file states them
 * @throws Error for a block that names no such predictor
 */
export function readMicrosoft(
  bytes: Uint8Array,
  layout: AdpcmLayout,
  predictors: readonly number[][] = microsoftPredictors,
): Float32Array[] {
  const { channels } = layout;
  return readBlocks(bytes, layout, 7 * channels, (block, out) => {
    const states = Array.from({ length: channels }, (_, channel) => {
      const word = (place: number) =>
        block.getInt16(channels + 2 * (place * channels + channel), true);
      const predictor = predictors[block.getUint8(channel)];
      if (!predictor) throw new Error(`a block names predictor ${block.getUint8(channel)}`);
      return { predictor, step: word(0), last: word(1), before: word(2) };
    });
    for (const [channel, { last, before }] of states.entries()) out[channel].push(before, last);
    let channel = 0;
    for (let at = 7 * channels; at < block.byteLength; at++) {
      const byte = block.getUint8(at);
      for (const code of [byte >> 4, byte & 15]) {
        out[channel].push(nextMicrosoft(states[channel], code));
        channel = (channel + 1) % channels;
      }
    }
  });
}

interface MicrosoftState {
  predictor: readonly number[];
  step: number;
  last: number;
  before: number;
}

function nextMicrosoft(state: MicrosoftState, code: number): number {
  const { predictor, last, before, step } = state;
  const signed = code >= 8 ? code - 16 : code;
  const predicted = (last * predictor[0] + before * predictor[1]) >> 8;
  state.before = last;
  state.last = limited(predicted + signed * step, -32768, 32767);
  state.step = Math.max(16, (microsoftSteps[code] * step) >> 8);
  return state.last;
}

function readBlocks(
  bytes: Uint8Array,
  { channels, block }: AdpcmLayout,
  header: number,
  decode: DecodeBlock,
): Float32Array[] {
  if (block < header) throw new Error(`it states blocks of ${block} bytes`);
  const out = Array.from({ length: channels }, (): number[] => []);
  for (let at = 0; at + header <= bytes.length; at += block) {
    const length = Math.min(block, bytes.length - at);
    decode(new DataView(bytes.buffer, bytes.byteOffset + at, length), out);
  }
  const shortest = Math.min(...out.map(({ length }) => length));
  return out.map((samples) => Float32Array.from(samples.slice(0, shortest), (s) => s / 2 ** 15));
}

const limited = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
