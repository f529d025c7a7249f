import { root } from './root.ts';

/** The density of the standard normal distribution. */
const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** P(X ≤ x) for a standard normal X; relative error below 1e-12 in the lower tail too. */
export const normalCumulative = (x: number): number => normalTail(-x);

/**
 * P(X > x) for a standard normal X: near 0 by the series of the middle, further out by the continued
 * fraction of Mills' ratio, so that a tail of 1e-300 has its digits too.
 *
 * Source: Abramowitz and Stegun, 26.2.11 and 26.2.14.
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  return x < 2 ? 0.5 - middle(x) : normalDensity(x) * millsRatio(x);
}

/**
 * The x with P(X ≤ x) = probability; −∞ and ∞ at 0 and 1.
 *
 * @param probability from 0 to 1
 */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 0.5) return 0;
  const wanted = Math.log(probability);
  return root((x) => Math.log(normalCumulative(x)) - wanted, -38.6, 0);
}

/** P(0 < X ≤ x): the density times x + x³/3 + x⁵/15 + … */
function middle(x: number): number {
  let [sum, term] = [x, x];
  for (let odd = 3; term > Number.EPSILON * sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum * normalDensity(x);
}

/** Tail over density: 1/(x + 1/(x + 2/(x + 3/(x + …)))), for x of 2 or more. */
function millsRatio(x: number): number {
  let fraction = x;
  for (let place = Math.ceil(20 + 700 / x ** 2); place > 0; place--)
    fraction = x + place / fraction;
  return 1 / fraction;
}
