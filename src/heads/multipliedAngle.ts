import { countOption, numberOption } from '../options/index.ts';
import type { Margin } from './angular.ts';

const weight = (initial: number) =>
  numberOption('must be a number from 0 on', (value) => value >= 0, initial);

/** Options of the heads that multiply the label's angle. */
export const multipliedOptions = {
  /** How many times the angle counts. */
  margin: countOption(1, 4),
  /** Weight λ of the plain cosine at the first step, and the least it falls to. */
  start: weight(1000),
  end: weight(5),
  /** How fast it falls: λ = start / (1 + rate · step). */
  rate: weight(0.12),
};

/**
 * ψ(θ) = (−1)ᵏ cos mθ − 2k for θ in [kπ/m, (k + 1)π/m], which falls from 1 at θ = 0 to 1 − 2m at
 * π; blended with the plain cosine as (λ cos θ + ψ) / (1 + λ). As a function of the cosine it is a
 * polynomial between its joints and has no singular slope anywhere.
 *
 * Source: Liu, Wen, Yu and Yang, "Large-margin softmax loss", 2016; λ: Liu et al., "SphereFace", 2017.
 */
export function multipliedAngle(m: number, lambda: number): Margin {
  return (cosine) => {
    const k = Math.min(m - 1, Math.floor((m * Math.acos(cosine)) / Math.PI));
    const sign = k % 2 === 0 ? 1 : -1;
    const { value, slope } = chebyshev(m, cosine);
    return {
      value: (lambda * cosine + sign * value - 2 * k) / (1 + lambda),
      slope: (lambda + sign * slope) / (1 + lambda),
    };
  };
}

/** The weight of the plain cosine after so many steps. */
export const annealed = (
  { start, end, rate }: { start: number; end: number; rate: number },
  step: number,
): number => Math.max(end, start / (1 + rate * step));

/** cos mθ as a polynomial of x = cos θ, Tₘ(x), and its derivative, m Uₘ₋₁(x), for m ≥ 1. */
function chebyshev(m: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  let [secondBefore, second] = [0, 1];
  for (let degree = 1; degree < m; degree++) {
    [before, value] = [value, 2 * x * value - before];
    [secondBefore, second] = [second, 2 * x * second - secondBefore];
  }
  return { value, slope: m * second };
}
