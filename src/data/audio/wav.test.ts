import { describe, expect, test } from 'vitest';
import { assertClose } from '../../../testkit/assertClose.ts';
import { tone, wavOf } from '../../../testkit/ownData.ts';
import { RequestError } from '../../errors.ts';
import { readWav } from './wav.ts';

const rate = 8000;
const sine = tone(440, 0.1, rate);

const rms = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('reading', () => {
  test.each([
    ['8', 1 / 100],
    ['16', 1e-4],
    ['24', 1e-6],
    ['32f', 1e-6],
    ['8m', 0.03],
  ])('%s bits', (depth, tolerance) => {
    const samples = readWav(wavOf([sine], rate, depth), 'a.wav', rate);
    expect(samples).toHaveLength(sine.length);
    assertClose(samples, sine, { absolute: tolerance });
  });

  test('averages the channels', () => {
    const stereo = wavOf([sine, sine.map((value) => -value / 2)], rate);
    const quarter = sine.map((value) => value / 4);
    assertClose(readWav(stereo, 'a.wav', rate), quarter, { absolute: 1e-4 });
  });

  test('resamples: a tone stays, one above the new half rate vanishes', () => {
    const at = (hertz: number) => readWav(wavOf([tone(hertz, 0.5, 44_100)], 44_100), 'a.wav', 8000);
    expect(at(1000).length).toBe(4000);
    expect(rms(at(1000))).toBeCloseTo(0.5 / Math.SQRT2, 1);
    expect(rms(at(9000))).toBeLessThan(0.02);
  });
});

describe('refused by name:', () => {
  const whole = wavOf([sine], rate);
  test.each([
    ['cut short', whole.subarray(0, 900), /it stops after 8\d\d of 1600 bytes/],
    ['no WAV file', Buffer.from('RIFFraff'), /no sound can be read from it \(.+\)/],
    ['empty', Buffer.alloc(0), /no sound can be read/],
    ['without samples', wavOf([[]], rate), /it holds no samples/],
  ])('%s', (_, bytes, message) => {
    expect(() => readWav(bytes, 'cats/a.wav', rate)).toThrow(RequestError);
    expect(() => readWav(bytes, 'cats/a.wav', rate)).toThrow(message);
    expect(() => readWav(bytes, 'cats/a.wav', rate)).toThrow(/^cats\/a\.wav: .*remove it$/);
  });
});
