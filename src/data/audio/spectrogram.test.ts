import { describe, expect, test } from 'vitest';
import { noise, tone } from '../../../testkit/ownData.ts';
import { hertzOf, melOf } from './mel.ts';
import { spectrogramDefaults } from './parameters.ts';
import { melEnergies, spectrogramImage } from './spectrogram.ts';

const parameters = { ...spectrogramDefaults, rate: 8000, mels: 20 };
const energiesOf = (samples: number[]) => melEnergies(parameters)(Float32Array.from(samples));

/** The frequency in the middle of a band. */
const centreOf = (band: number): number => hertzOf(((band + 1) * melOf(4000)) / 21);

const loudestBand = (frame: Float64Array): number => frame.indexOf(Math.max(...frame));

describe('mel energies', () => {
  test('a second of 25 ms windows every 10 ms has 98 frames', () => {
    expect(energiesOf(tone(500, 1, 8000))).toHaveLength(98);
    expect(energiesOf([0.1])).toHaveLength(1);
  });

  test.each([3, 8, 12, 17])('a tone in the middle of band %i is loudest there', (band) => {
    for (const frame of energiesOf(tone(centreOf(band), 0.2, 8000))) {
      expect(loudestBand(frame)).toBe(band);
    }
  });

  test('a full-scale sine on a bin has the energy of its three bins, about 1.5', () => {
    // Hann's window spreads a sine over a bin and its neighbours: 1 + ¼ + ¼ in power.
    const exact = { ...parameters, window: 32, mels: 4 };
    const [frame] = melEnergies(exact)(Float32Array.from(tone(1000, 0.1, 8000, 1)));
    const total = frame.reduce((sum, energy) => sum + energy, 0);
    expect(total).toBeCloseTo(1.5, 6);
  });

  test('noise is spread over the bands, a tone is not', () => {
    const share = (samples: number[]): number => {
      const [frame] = energiesOf(samples);
      return Math.max(...frame) / frame.reduce((sum, energy) => sum + energy, 0);
    };
    expect(share(noise(1, 0.1, 8000))).toBeLessThan(0.4);
    expect(share(tone(centreOf(9), 0.1, 8000))).toBeGreaterThan(0.6);
  });
});

describe('spectrogram images', () => {
  const image = (energies: number[][], more = {}) => {
    const settings = { ...parameters, mels: 2, range: 20, ...more };
    const frames = energies.map((frame) => Float64Array.from(frame));
    return Array.from(spectrogramImage(frames, settings));
  };

  test('the loudest is white, 20 dB below is black, the highest band on top', () => {
    const energies = [
      [1, 0.1],
      [0.01, 0.0001],
    ];
    expect(image(energies)).toEqual([128, 0, 255, 0]);
  });

  test('white may be a full-scale sine instead of the clip’s loudest', () => {
    expect(image([[0.1, 0.1]], { level: 'clip' })).toEqual([255, 255]);
    expect(image([[0.1, 0.1]], { level: 'full' })).toEqual([128, 128]);
  });

  test('silence is black', () => {
    expect(image([[0, 0]])).toEqual([0, 0]);
  });
});
