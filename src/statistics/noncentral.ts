import { stirlingError } from './beta.ts';
import { normalCumulative, normalTail } from './normal.ts';

/** The two tails of a noncentral Student's T′ beyond ±t. */
export interface NoncentralTails {
  /** P(T′ ≤ −t). */
  lower: number;
  /** P(T′ ≥ t). */
  upper: number;
}

/**
 * Both tails of T′ = (Z + δ) / S, with Z standard normal and S² = χ²/ν independent of it: the mean
 * over S of Z's tails, by the trapezoidal rule in ln S, whose error falls exponentially with the
 * step for so smooth an integrand. Every term is positive, so no digits cancel.
 *
 * @param t from 0
 * @param freedom ν, from 1
 * @param shift δ, the noncentrality
 */
export function noncentralTails(t: number, freedom: number, shift: number): NoncentralTails {
  const steepness = Math.min(Math.abs(shift), 12 * t, 1000);
  const step = 1 / (4 * Math.max(Math.sqrt(2 * freedom), steepness, 2));
  let [lower, upper] = [0, 0];
  for (const direction of [-1, 1]) {
    for (let place = direction < 0 ? -1 : 0; ; place += direction) {
      const density = logScaleDensity(place * step, freedom);
      if (density < 1e-30) break;
      const at = t * Math.exp(place * step);
      lower += density * step * normalCumulative(-at - shift);
      upper += density * step * normalTail(at - shift);
    }
  }
  return { lower, upper };
}

/** The density of ln S at u: √(ν/π) exp(−ν (e^2u − 1 − 2u) / 2), but for Stirling's error. */
function logScaleDensity(u: number, freedom: number): number {
  const exponent = (freedom / 2) * (Math.expm1(2 * u) - 2 * u);
  return Math.sqrt(freedom / Math.PI) * Math.exp(-exponent - stirlingError(freedom / 2));
}
