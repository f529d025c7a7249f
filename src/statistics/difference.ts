import { mean, sampleVariance } from 'simple-statistics';
import { studentQuantile, studentTail } from './student.ts';

/** Why a difference has no interval and no probability. */
export type Untested = 'too few values' | 'no spread' | 'not finite';

/** The difference of two means, left minus right, with Student's interval and test. */
export interface Difference<Test extends string = 'paired' | 'welch'> {
  test: Test;
  /** Null where it is not finite. */
  difference: number | null;
  /** Of the difference; it and all below are null where `untested` says why. */
  standardError: number | null;
  /** Degrees of freedom. */
  freedom: number | null;
  /** Half the width of the confidence interval of the difference. */
  halfWidth: number | null;
  /** Two-sided p-value: how often chance alone makes a difference so large. */
  probability: number | null;
  untested: Untested | null;
}

/** A mean or difference with its standard error and degrees of freedom. */
interface Measured {
  difference: number;
  standardError: number;
  freedom: number;
  /** Size of the values; a standard error that is nothing beside it is rounding. */
  size: number;
}

/**
 * Student's paired test: the mean of the differences of values that belong together, such as two
 * models trained with one seed.
 *
 * One pair, differences without spread, and values that are not finite leave it untested: two seeds
 * that happen to agree to the last printed digit prove nothing.
 *
 * @param left as many values as `right`, in the same order
 */
export function pairedDifference(
  left: readonly number[],
  right: readonly number[],
  confidence = 0.95,
): Difference {
  return correlatedDifference('paired', left, right, 0, confidence);
}

/**
 * The corrected resampled t test of two models on the same folds. Folds share their training
 * samples, so that their differences are correlated; with J differences of variance s² the variance
 * of their mean is taken as (1/J + n₂/n₁) s², with J − 1 degrees of freedom.
 *
 * Source: Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52 (2003),
 * section 4.2; for repeated folds Bouckaert and Frank, PAKDD 2004.
 *
 * @param left an error of every fold, and of every repetition
 * @param right that of the other model on the same folds, in the same order; zeros for one model
 * @param ratio test samples over training samples, n₂/n₁: 1 / (k − 1) of k folds
 */
export function resampledDifference(
  left: readonly number[],
  right: readonly number[],
  ratio: number,
  confidence = 0.95,
): Difference<'resampled'> {
  return correlatedDifference('resampled', left, right, ratio, confidence);
}

/**
 * Welch's test: two independent samples whose spreads may differ. The degrees of freedom are those
 * of Welch and Satterthwaite. Fewer than two values on a side, both sides without spread, and values
 * that are not finite leave it untested.
 */
export function welchDifference(
  left: readonly number[],
  right: readonly number[],
  confidence = 0.95,
): Difference {
  const difference = meanOf(left) - meanOf(right);
  if (Math.min(left.length, right.length) < 2)
    return untested('welch', difference, 'too few values');
  const [a, b] = [left, right].map((values) => sampleVariance([...values]) / values.length);
  const [shareA, shareB] = [a / (a + b), b / (a + b)];
  const parts = shareA ** 2 / (left.length - 1) + shareB ** 2 / (right.length - 1);
  const measured = { difference, standardError: Math.sqrt(a + b), freedom: 1 / parts };
  return tested('welch', { ...measured, size: sizeOf(left, right) }, confidence);
}

/** The test of paired differences that are correlated as `ratio` says, see Nadeau and Bengio. */
function correlatedDifference<Test extends string>(
  test: Test,
  left: readonly number[],
  right: readonly number[],
  ratio: number,
  confidence: number,
): Difference<Test> {
  const differences = left.map((value, index) => value - right[index]);
  const count = differences.length;
  if (count < 2) return untested(test, meanOf(differences), 'too few values');
  const standardError = Math.sqrt((1 / count + ratio) * sampleVariance(differences));
  const measured = { difference: mean(differences), standardError, freedom: count - 1 };
  return tested(test, { ...measured, size: sizeOf(left, right) }, confidence);
}

function tested<Test extends string>(
  test: Test,
  measured: Measured,
  confidence: number,
): Difference<Test> {
  const { difference, standardError, freedom, size } = measured;
  if (!Number.isFinite(difference) || !Number.isFinite(standardError))
    return untested(test, difference, 'not finite');
  if (standardError <= 10 * Number.EPSILON * size) return untested(test, difference, 'no spread');
  const halfWidth = studentQuantile(confidence, freedom) * standardError;
  const probability = studentTail(difference / standardError, freedom);
  return { test, difference, standardError, freedom, halfWidth, probability, untested: null };
}

function untested<Test extends string>(
  test: Test,
  difference: number,
  why: Untested,
): Difference<Test> {
  const nothing = { standardError: null, freedom: null, halfWidth: null, probability: null };
  const known = Number.isFinite(difference) ? difference : null;
  return { test, difference: known, ...nothing, untested: why };
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : mean([...values]);

const sizeOf = (...samples: (readonly number[])[]): number =>
  Math.max(...samples.map((values) => Math.abs(meanOf(values))));
