import { mean, sampleStandardDeviation, sampleVariance } from 'simple-statistics';
import { stirlingError } from './beta.ts';

/**
 * Cohen's d_z of paired values: the mean of the differences over their deviation, so that the paired
 * t is d_z √n. Null with fewer than two pairs or differences without spread.
 *
 * Source: Cohen, "Statistical power analysis for the behavioral sciences", 1988, section 2.3.5.
 *
 * @param left finite values
 * @param right as many, in the same order
 */
export function pairedEffect(left: readonly number[], right: readonly number[]): number | null {
  const differences = left.map((value, index) => value - right[index]);
  if (differences.length < 2) return null;
  return finite(mean(differences) / sampleStandardDeviation(differences));
}

/**
 * Hedges' g of independent samples: the difference of the means over the pooled deviation, times the
 * factor that makes it unbiased for normal values. Null with fewer than four values, two on a side,
 * or without spread.
 *
 * Source: Hedges, "Distribution theory for Glass's estimator of effect size and related
 * estimators", 1981, eq. 6e.
 */
export function hedgesEffect(left: readonly number[], right: readonly number[]): number | null {
  if (left.length < 2 || right.length < 2) return null;
  const freedom = left.length + right.length - 2;
  const squares = [left, right].map((values) => sampleVariance([...values]) * (values.length - 1));
  const deviation = Math.sqrt((squares[0] + squares[1]) / freedom);
  const difference = mean([...left]) - mean([...right]);
  return finite((smallSampleFactor(freedom) * difference) / deviation);
}

/**
 * J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)), from 0.56 at ν = 2 to 1, by Stirling's formula so that no
 * large logarithms cancel.
 */
export function smallSampleFactor(freedom: number): number {
  const x = freedom / 2;
  const ratio = -(x - 1) * Math.log1p(-1 / (2 * x)) - 0.5;
  return Math.exp(ratio + stirlingError(x) - stirlingError(x - 0.5));
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
