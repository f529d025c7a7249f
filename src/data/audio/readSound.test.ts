import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assertClose } from '../../../testkit/assertClose.ts';
import { fixture, hardCases } from '../../../testkit/dataFiles.ts';
import { fuzzBytes } from '../../../testkit/fuzz.ts';
import { tone, wavOf } from '../../../testkit/ownData.ts';
import { RequestError } from '../../errors.ts';
import { readAiff } from './aiff.ts';
import { readSound } from './readSound.ts';
import type { Sound } from './sound.ts';
import { readWav } from './wav.ts';

/** What ffmpeg or libsndfile decode; see testkit/makeSounds.py. */
interface Truth {
  count: number;
  rms: number;
  places: number[];
  samples: number[];
}

const rate = 8000;
const sine = tone(440, 0.1, rate);
const bytesOf = (name: string): Buffer => readFileSync(fixture('sounds', name));
const truths: Record<string, Truth> = JSON.parse(bytesOf('values.json').toString());

const rms = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('what other tools read is read here too:', () => {
  test.each(Object.entries(truths))('%s', async (name, { count, places, samples, ...truth }) => {
    const own = name === 'opus.opus' ? 48_000 : rate;
    const read = await readSound(bytesOf(name), name, own);
    expect(read).toHaveLength(count);
    expect(rms(read)).toBeCloseTo(truth.rms, 5);
    const found = places.map((place) => read[place]);
    assertClose(found, samples, { absolute: name === 'opus.opus' ? 1e-4 : 2e-6 });
  });
});

describe.skipIf(hardCases === null)('hard cases', () => {
  // Peak and rms are those of one channel: the mean of two that are alike, not their sum.
  test.each([
    ['ff_pcm_f32le.wav', 1600, 0.5012, 0.3536],
    ['w_sf_WAVEX_FLOAT.wav', 1600, 0.25, 0.1768],
    ['ff_adpcm_ms.wav', 2024, 0.5268, 0.314],
    ['ff_adpcm_ima_wav.wav', 2034, 0.5192, 0.3087],
    ['ff_pipe.wav', 1600, 0.5012, 0.3536],
    ['ff_rf64.wav', 1600, 0.5012, 0.3536],
    ['odd_ff8.wav', 1601, 0.25, 0.177],
    ['odd_ffmu.wav', 1601, 0.2538, 0.1777],
    ['bits12.wav', 8000, 0.5, 0.3535],
  ])('%s', async (name, count, peak, level) => {
    const file = readFileSync(join(hardCases ?? '', 'audio', name));
    const { rate: own } = readWav(file);
    const read = await readSound(file, name, own);
    expect(read).toHaveLength(count);
    expect(read.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeCloseTo(peak, 3);
    expect(rms(read)).toBeCloseTo(level, 3);
  });
});

test('channels are averaged', async () => {
  const stereo = wavOf([sine, sine.map((value) => -value / 2)], rate);
  const quarter = sine.map((value) => value / 4);
  assertClose(await readSound(stereo, 'a.wav', rate), quarter, { absolute: 1e-4 });
});

describe('refused by name:', () => {
  const whole = wavOf([sine], rate);
  const silent = Float32Array.of(Number.NaN, 0, 0);
  const notNumbers = bytesOf('pcm_f32le.wav');
  notNumbers.set(new Uint8Array(silent.buffer), notNumbers.length - 12);
  const gsm = Buffer.from(whole);
  gsm.writeUInt16LE(49, 20);
  test.each([
    ['cut short', whole.subarray(0, 900), /it stops after 8\d\d of 1600 bytes/],
    ['no WAV file', Buffer.from('RIFFraff'), /it is no WAV file/],
    ['empty', Buffer.alloc(0), /it is neither WAV, AIFF, FLAC, Ogg nor MP3/],
    ['without samples', wavOf([[]], rate), /it holds no samples/],
    ['GSM', gsm, /its samples are GSM 6\.10, which is not read/],
    ['not numbers', notNumbers, /some of its samples are no numbers/],
    ['a FLAC file cut short', bytesOf('flac.flac').subarray(0, 9000), /no sound can be read/],
    ['an Ogg file cut short', bytesOf('vorbis.ogg').subarray(0, 2900), /its last page is missing/],
    ['an Opus file cut short', bytesOf('opus.opus').subarray(0, 2000), /its last page is missing/],
    ['an AIFF file cut short', bytesOf('twos.aiff').subarray(0, 3000), /it stops after \d+ of/],
  ])('%s', async (_, bytes, message) => {
    const reading = readSound(bytes, 'cats/a.wav', rate);
    await expect(reading).rejects.toThrow(RequestError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(/^cats\/a\.wav: .*remove it$/);
  });
});

/** The parsers refuse with a plain Error, which `readSound` puts into words. */
function refusing(read: (bytes: Uint8Array) => Sound) {
  return (bytes: Uint8Array): Sound => {
    try {
      return read(bytes);
    } catch (error) {
      if ((error as Error).constructor === Error) throw new RequestError((error as Error).message);
      throw error;
    }
  };
}

fuzzBytes('wav', {
  valid: ['ima.wav', 'ms.wav', 'rf64.wav', 'odd_u8.wav', 'sf_wavex24.wav'].map(bytesOf),
  parse: refusing(readWav),
});

fuzzBytes('aiff', {
  valid: ['twos.aiff', 'sf_aiff_ulaw.aiff'].map(bytesOf),
  parse: refusing(readAiff),
});
