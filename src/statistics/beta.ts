import { root } from './root.ts';

/**
 * The regularised incomplete beta function I_x(a, b): P(X ≤ x) for X of Beta(a, b), with the digits
 * of a small tail kept.
 *
 * Source: the continued fraction of Didonato and Morris, "Significant digit computation of the
 * incomplete beta function ratios", ACM TOMS 18 (1992), eq. 9.
 *
 * @param a above 0
 * @param b above 0
 * @param x from 0 to 1
 * @param y 1 − x, which the caller may know better than the difference does
 */
export function betaCumulative(a: number, b: number, x: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCumulative(b, a, y, x);
  return powers(a, b, x, y) * continuedFraction(a, b, x, y);
}

/**
 * The x with I_x(a, b) = probability.
 *
 * @param probability from 0 to 1
 */
export function betaQuantile(a: number, b: number, probability: number): number {
  if (probability <= 0 || probability >= 1) return probability <= 0 ? 0 : 1;
  return root((x) => betaCumulative(a, b, x) - probability, 0, 1);
}

/** P(X = k) for X of the binomial distribution of n trials with probability p, 0 < p < 1. */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return p ** n;
  return powers(k, n - k, p, 1 - p) * (n / (k * (n - k)));
}

/** P(X ≤ k) for X of the binomial distribution of n trials with probability p. */
export function binomialCumulative(k: number, n: number, p: number): number {
  return k >= n ? 1 : betaCumulative(n - k, k + 1, 1 - p, p);
}

/**
 * What Stirling's formula for ln Γ(x) leaves: ln Γ(x) − (x − ½) ln x + x − ½ ln 2π, for x above 0.
 * From 16 on by its asymptotic series, below by the recurrence of Γ.
 */
export function stirlingError(x: number): number {
  let [sum, z] = [0, x];
  for (; z < 16; z++) sum += (z + 0.5) * Math.log1p(1 / z) - 1;
  const s = 1 / z ** 2;
  const series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188))));
  return sum + series / z;
}

/**
 * x^a y^b / B(a, b), as the saddle point gives it: no large logarithms cancel.
 *
 * Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.
 */
function powers(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return (
    Math.sqrt(a / n) *
    Math.sqrt(b / (2 * Math.PI)) *
    Math.exp(errors - deviance(a, n * x) - deviance(b, n * y))
  );
}

/** k ln(k / m) + m − k: 0 where k = m, and computed as a series near there. */
function deviance(k: number, m: number): number {
  const v = (k - m) / (k + m);
  if (Math.abs(v) > 0.1) return k * Math.log(k / m) + m - k;
  let sum = (k - m) * v;
  let power = 2 * k * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** 1/(β₁ + α₂/(β₂ + α₃/(β₃ + …))) by Lentz's method, until a step changes nothing. */
function continuedFraction(a: number, b: number, x: number, y: number): number {
  const lambda = a * y - b * x;
  let value = (a / (a + 1)) * (lambda + 1);
  let [c, d] = [value, 0];
  for (let n = 1; n < 100_000; n++) {
    const odd = a + 2 * n;
    const share = (n * (b - n) * x) / (odd - 1);
    const alpha = (((a + n - 1) * (a + b + n - 1)) / (odd - 1)) * share * x;
    const beta = n + share + ((a + n) / (odd + 1)) * (lambda + 1 + n * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return 1 / value;
}
