import { compiledData } from '../compiled.ts';

/** A filter for each of so many places between two samples. */
export interface Bank {
  phases: number;
  /** in fours */
  taps: number;
  /** [phases + 1][taps]; the last row is that of the next whole sample */
  table: Float64Array;
}

/**
 * What a bank's filters make of sound, before and behind which is silence.
 *
 * @param step from one new sample to the next, in old ones
 * @param length how many new ones
 */
export function interpolated(
  samples: Float32Array,
  bank: Bank,
  step: number,
  length: number,
): Float32Array {
  const padded = new Float64Array(samples.length + 2 * bank.taps);
  padded.set(samples, bank.taps);
  const out = new Float32Array(length);
  const { interpolate } = compiledData();
  if (interpolate) interpolate(padded, bank.table, bank.phases, step, out);
  else interpolateSlowly(padded, bank, step, out);
  return out;
}

/** What the compiled twin does, to the bit. */
export function interpolateSlowly(
  padded: Float64Array,
  { phases, taps, table }: Bank,
  step: number,
  out: Float32Array,
): void {
  for (let at = 0; at < out.length; at++) {
    const position = at * step;
    const whole = Math.floor(position + 1e-9);
    const phase = Math.max(0, position - whole) * phases;
    const row = Math.floor(phase + 1e-6);
    const start = whole + taps / 2 + 1;
    const below = dot(padded, start, table, row * taps, taps);
    const share = phase - row;
    const exact = Math.abs(share) < 1e-5;
    out[at] = exact
      ? below
      : below + share * (dot(padded, start, table, (row + 1) * taps, taps) - below);
  }
}

/** Four sums at once, so that an addition need not wait for the one before; taps come in fours. */
function dot(
  samples: Float64Array,
  start: number,
  table: Float64Array,
  row: number,
  taps: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = row + taps;
  for (let at = start, weight = row; weight < end; at += 4, weight += 4) {
    a += table[weight] * samples[at];
    b += table[weight + 1] * samples[at + 1];
    c += table[weight + 2] * samples[at + 2];
    d += table[weight + 3] * samples[at + 3];
  }
  return a + b + (c + d);
}
