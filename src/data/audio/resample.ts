import { type Bank, interpolated } from './interpolate.ts';

/** Zero crossings of the sinc on either side: the width of the step from passing to stopping. */
const crossings = 64;

/** Kaiser's β for a stop band some 110 dB below. */
const beta = 11.3;

/** Share of half the lower rate where the filter is half way down. */
const cutoff = 0.95;

/** Of more phases than this, what two neighbours give is interpolated. */
const mostPhases = 1024;

/**
 * Weights of a bank, and of all that are kept, at most: 64 MiB. Where one rate is more than 64 times the
 * other there are fewer phases, which lie as close to each other in time.
 */
const mostWeights = 2 ** 23;

/** Times that one rate may be another: more is a damaged header, and a filter that fills the memory. */
const farthest = 1024;

/**
 * Resamples by a polyphase filter: a sinc in Kaiser's window, whose pass band ends at 0.9 of half
 * the lower of the rates and whose stop band, 110 dB down, begins there. Rates far above the wanted
 * one are halved first. Sound before the first and behind the last sample is silence; the first
 * sample stays where it is.
 *
 * @returns ceil(length · to / from) samples
 * @throws Error for rates that lie too far apart
 */
export function resampleSound(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  refuseFar(from, to);
  const length = Math.ceil((samples.length * to) / from);
  let [sound, rate] = [samples, from];
  for (; rate % 2 === 0 && rate >= leastHalved * to; rate /= 2) sound = halved(sound, to / rate);
  return interpolated(sound, bankOf(rate, to), rate / to, length);
}

function refuseFar(from: number, to: number): void {
  if (from <= farthest * to && to <= farthest * from) return;
  const rule = `rates up to ${farthest} times as high or low as the ${to} wanted are brought to it`;
  throw new Error(`it states ${from} samples a second; ${rule}`);
}

/** Halving leaves a band for the last filter to fall in only from this ratio on. */
const leastHalved = 2.4;

/**
 * Every other sample of what a half-band filter leaves: all but the middle of its even taps are 0.
 *
 * @param kept rate wanted in the end, as a share of this one: half of it passes, and nothing is left
 *   that would fold into it
 */
function halved(samples: Float32Array, kept: number): Float32Array {
  const half = Math.ceil(102 / 14.36 / (0.5 - kept) / 2);
  const weights = Float64Array.from({ length: Math.ceil(half / 2) }, (_, i) => {
    const tap = 2 * i + 1;
    return windowedSinc(tap, 0.5, half) / 2;
  });
  const sum = 0.5 + 2 * weights.reduce((total, weight) => total + weight, 0);
  const margin = 2 * weights.length;
  const padded = new Float64Array(samples.length + 2 * margin);
  padded.set(samples, margin);
  const out = new Float32Array(Math.ceil(samples.length / 2));
  for (let at = 0; at < out.length; at++) {
    const centre = margin + 2 * at;
    let value = 0.5 * padded[centre];
    for (let i = 0, tap = 1; i < weights.length; i++, tap += 2) {
      value += weights[i] * (padded[centre - tap] + padded[centre + tap]);
    }
    out[at] = value / sum;
  }
  return out;
}

const banks = new Map<string, Bank>();

function bankOf(from: number, to: number): Bank {
  const scale = Math.min(1, to / from);
  const half = Math.ceil(crossings / scale);
  const taps = 2 * half + (half % 2 === 0 ? 0 : 2);
  const exact = to / greatestDivisor(from, to);
  const phases = Math.min(exact, mostPhases, Math.floor(mostWeights / taps));
  const key = `${phases}/${scale}`;
  const known = banks.get(key);
  if (known) return known;
  const bank = makeBank(phases, taps, scale);
  const kept = [...banks.values()].reduce((sum, { table }) => sum + table.length, 0);
  if (kept + bank.table.length > mostWeights) banks.clear();
  banks.set(key, bank);
  return bank;
}

function makeBank(phases: number, taps: number, scale: number): Bank {
  const table = new Float64Array((phases + 1) * taps);
  for (let phase = 0; phase <= phases; phase++) {
    const row = table.subarray(phase * taps, (phase + 1) * taps);
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - taps / 2 + 1 - phase / phases;
      row[tap] = windowedSinc(distance, scale * cutoff, taps / 2);
    }
    const sum = row.reduce((total, weight) => total + weight, 0);
    for (let tap = 0; tap < taps; tap++) row[tap] /= sum;
  }
  return { phases, taps, table };
}

function windowedSinc(distance: number, rate: number, half: number): number {
  const x = Math.PI * distance * rate;
  const share = 1 - (distance / half) ** 2;
  if (share <= 0) return 0;
  return (distance === 0 ? 1 : Math.sin(x) / x) * (bessel(beta * Math.sqrt(share)) / bessel(beta));
}

/** The modified Bessel function I₀ by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other);
