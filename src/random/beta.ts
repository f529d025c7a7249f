import type { RandomStream } from './stream.ts';

/** Of a smaller α every draw is 0 or 1, too, and the logarithms of its gamma variables may be infinite. */
const leastAlpha = 1e-300;

/**
 * A draw from Beta(α, α), in [0, 1]: the share of one of two equal gamma variables in their sum.
 *
 * @param alpha above 0; 1 is uniform, less favours the ends
 */
export function symmetricBeta(stream: RandomStream, alpha: number): number {
  const shape = Math.max(alpha, leastAlpha);
  const [one, other] = [logGamma(stream, shape), logGamma(stream, shape)];
  return 1 / (1 + Math.exp(other - one));
}

/**
 * The logarithm of a gamma variable of the given shape: for small shapes the variable itself is
 * often too small for a number. A shape below 1 is reached from the next one up.
 *
 * Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.
 */
function logGamma(stream: RandomStream, shape: number): number {
  if (shape < 1) return logGamma(stream, shape + 1) - stream.exponential() / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && -stream.exponential() < x ** 2 / 2 + d * (1 - v + Math.log(v)))
      return Math.log(d * v);
  }
}
