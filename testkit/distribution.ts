/**
 * Fails unless the samples could come from the distribution: the largest gap between their
 * empirical distribution function and `cumulative`, times √n, stays below 1.95, which true samples
 * pass in 999 of 1000 cases (Kolmogorov and Smirnov). With a fixed seed the verdict never changes.
 *
 * @throws Error naming the gap and the sample where it is widest
 */
export function assertDistribution(
  samples: ArrayLike<number>,
  cumulative: (x: number) => number,
): void {
  const sorted = Float64Array.from(samples).sort();
  const gaps = sorted.map((x, i) => gapAt(cumulative(x), i, sorted.length));
  const widest = gaps.reduce((best, gap, i) => (gap <= gaps[best] ? best : i), 0);
  const statistic = gaps[widest] * Math.sqrt(sorted.length);
  if (statistic < 1.95) return;
  throw new Error(`distribution: gap·√n is ${statistic}, widest at ${sorted[widest]}; limit 1.95`);
}

/** The empirical function jumps from i/n to (i + 1)/n at sample i; both sides count. */
function gapAt(expected: number, index: number, count: number): number {
  return Math.max(expected - index / count, (index + 1) / count - expected);
}

/**
 * Fails unless counts could come from equally likely classes: the cube root of Pearson's χ² stays
 * within four deviations of its mean (Wilson and Hilferty, 1931).
 *
 * @throws Error naming χ² and its limit
 */
export function assertEvenCounts(counts: ArrayLike<number>): void {
  const list = Array.from(counts);
  const expected = list.reduce((sum, count) => sum + count, 0) / list.length;
  const statistic = list.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = list.length - 1;
  const spread = 2 / (9 * freedom);
  const limit = freedom * (1 - spread + 4 * Math.sqrt(spread)) ** 3;
  if (statistic < limit) return;
  throw new Error(`counts: χ² is ${statistic}, limit ${limit} for ${list.length} classes`);
}

/**
 * Fails unless two lists could be independent: |correlation| · √n stays below 4.
 *
 * @throws Error naming the correlation
 */
export function assertUncorrelated(left: ArrayLike<number>, right: ArrayLike<number>): void {
  const correlation = correlationOf(Float64Array.from(left), Float64Array.from(right));
  if (left.length === right.length && Math.abs(correlation) * Math.sqrt(left.length) < 4) return;
  throw new Error(`correlation ${correlation} of ${left.length} and ${right.length} samples`);
}

function correlationOf(left: Float64Array, right: Float64Array): number {
  const a = centred(left);
  const b = centred(right);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index], 0);
}
