import { mean, sampleVariance } from 'simple-statistics';
import { studentQuantile, studentTail } from './student.ts';

/** The difference of two means, left minus right, with Student's interval and test. */
export interface Difference {
  test: 'paired' | 'welch';
  difference: number;
  /** Degrees of freedom. */
  freedom: number;
  /** Half the width of the confidence interval of the difference. */
  halfWidth: number;
  /** Two-sided p-value: how often chance alone makes a difference so large. */
  probability: number;
}

/**
 * Student's paired test: the mean of the differences of values that belong together, such as two
 * models trained with one seed.
 *
 * @param left at least two values
 * @param right as many, in the same order
 */
export function pairedDifference(
  left: readonly number[],
  right: readonly number[],
  confidence = 0.95,
): Difference {
  const differences = left.map((value, index) => value - right[index]);
  const error = Math.sqrt(sampleVariance(differences) / differences.length);
  return tested('paired', mean(differences), error, differences.length - 1, confidence);
}

/**
 * Welch's test: two independent samples whose spreads may differ. The degrees of freedom are those
 * of Welch and Satterthwaite.
 *
 * @param left at least two values
 * @param right at least two values
 */
export function welchDifference(
  left: readonly number[],
  right: readonly number[],
  confidence = 0.95,
): Difference {
  const [a, b] = [left, right].map((values) => sampleVariance([...values]) / values.length);
  const parts = a ** 2 / (left.length - 1) + b ** 2 / (right.length - 1);
  const freedom = parts > 0 ? (a + b) ** 2 / parts : left.length + right.length - 2;
  const difference = mean([...left]) - mean([...right]);
  return tested('welch', difference, Math.sqrt(a + b), freedom, confidence);
}

function tested(
  test: Difference['test'],
  difference: number,
  standardError: number,
  freedom: number,
  confidence: number,
): Difference {
  const halfWidth = studentQuantile(confidence, freedom) * standardError;
  const probability = studentTail(difference / standardError, freedom);
  return { test, difference, freedom, halfWidth, probability };
}
