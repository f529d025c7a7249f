import { mean, sampleStandardDeviation } from 'simple-statistics';

/** A quantity measured once per seed. */
export interface Estimate {
  count: number;
  mean: number;
  /** Sample standard deviation, √(Σ (x − mean)² / (n − 1)); null for a single value. */
  deviation: number | null;
  /** Half the width of the confidence interval of the mean; null for a single value. */
  halfWidth: number | null;
}

/**
 * Mean, sample deviation and Student confidence interval, mean ± t · deviation / √n with t the
 * two-sided quantile of Student's distribution with n − 1 degrees of freedom.
 *
 * @param values at least one finite number
 * @param confidence probability that the interval holds the mean, above 0 and below 1
 */
export function estimate(values: readonly number[], confidence = 0.95): Estimate {
  const count = values.length;
  const centre = mean([...values]);
  if (count === 1) return { count, mean: centre, deviation: null, halfWidth: null };
  const deviation = sampleStandardDeviation([...values]);
  const halfWidth = (studentQuantile(confidence, count - 1) * deviation) / Math.sqrt(count);
  return { count, mean: centre, deviation, halfWidth };
}

/** The t with P(|T| ≤ t) = confidence for Student's T, by bisection of the angle atan(t / √ν). */
export function studentQuantile(confidence: number, freedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, freedom) < confidence) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan(low);
}

/**
 * P(|T| ≤ √ν tan θ) for a whole number ν of degrees of freedom: the finite trigonometric sums of
 * Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
function studentProbability(theta: number, freedom: number): number {
  const odd = freedom % 2;
  const square = Math.cos(theta) ** 2;
  let term = odd ? Math.cos(theta) : 1;
  let sum = 0;
  for (let power = odd; power <= freedom - 2; power += 2) {
    sum += term;
    term *= (square * (power + 1)) / (power + 2);
  }
  const partial = Math.sin(theta) * sum;
  return odd ? (2 / Math.PI) * (theta + partial) : partial;
}
