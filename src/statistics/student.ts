import { betaCumulative } from './beta.ts';
import { normalTail } from './normal.ts';
import { root } from './root.ts';

/** A |t| / √ν from which on the tail is a power of it, to the last digit. */
const far = 1e8;

/**
 * P(|T| ≥ |t|) for Student's T, the two-sided p-value of a statistic t, with the digits of a small
 * one kept: I_x(ν/2, ½) at x = ν / (ν + t²).
 *
 * Source: Abramowitz and Stegun, 26.5.27.
 *
 * @param t any number; NaN gives NaN
 * @param freedom degrees of freedom ν, above 0, whole or not; ∞ is the normal distribution
 */
export function studentTail(t: number, freedom: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  if (freedom === Number.POSITIVE_INFINITY) return 2 * normalTail(Math.abs(t));
  const size = Math.abs(t) / Math.sqrt(freedom);
  const square = Math.min(size, far) ** 2;
  const tail = betaCumulative(freedom / 2, 0.5, 1 / (1 + square), 1 / (1 + 1 / square));
  return size > far ? tail * (far / size) ** freedom : tail;
}

/** P(T ≤ t) for Student's T; see `studentTail`. */
export function studentCumulative(t: number, freedom: number): number {
  const tail = studentTail(t, freedom) / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * The t ≥ 0 with P(|T| ≥ t) = tail: what a statistic must reach for a two-sided p-value.
 *
 * @param tail from 0 to 1; 0 gives ∞
 * @param freedom degrees of freedom, above 0, whole or not; ∞ is the normal distribution
 */
export function studentCritical(tail: number, freedom: number): number {
  if (tail === 0 || tail === 1) return tail === 0 ? Number.POSITIVE_INFINITY : 0;
  const wanted = Math.log(tail);
  const excess = (logT: number) => Math.log(studentTail(Math.exp(logT), freedom)) - wanted;
  return Math.exp(root(excess, -40, 700));
}

/**
 * The t with P(|T| ≤ t) = confidence for Student's T.
 *
 * @param confidence above 0 and below 1
 * @param freedom degrees of freedom, above 0, whole or not
 */
export function studentQuantile(confidence: number, freedom: number): number {
  return studentCritical(1 - confidence, freedom);
}
