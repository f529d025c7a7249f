/** How far two numbers may lie apart: `absolute + relative · |expected|`. */
export interface Tolerance {
  absolute?: number;
  relative?: number;
  /** What is compared; opens the message of a failure. */
  what?: string;
}

/**
 * Compares two lists of numbers element by element. Comparing nothing is a mistake in the
 * test, and so is a value that is not finite, on either side: both fail.
 *
 * @param absolute error allowed whatever the size of the value, 0 unless given
 * @param relative error allowed as a fraction of `|expected|`, 0 unless given
 * @throws Error naming the worst index, both its values, its error and how many differ
 */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { absolute = 0, relative = 0, what = 'values' }: Tolerance = {},
): void {
  if (actual.length !== expected.length)
    throw new Error(`${what}: ${actual.length} values, expected ${expected.length}`);
  if (actual.length === 0) throw new Error(`${what}: nothing to compare, both lists are empty`);

  let differing = 0;
  let worst = { index: -1, excess: 0 };
  for (let index = 0; index < actual.length; index++) {
    const excess = excessError(actual[index], expected[index], absolute, relative);
    if (excess <= 0) continue;
    differing++;
    if (excess > worst.excess) worst = { index, excess };
  }
  if (differing > 0) throw new Error(describe(what, actual, expected, worst.index, differing));
}

/** By how much the error exceeds what is allowed; infinite unless both values are finite. */
function excessError(actual: number, expected: number, absolute: number, relative: number): number {
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Infinity;
  const excess = Math.abs(actual - expected) - (absolute + relative * Math.abs(expected));
  return Number.isNaN(excess) ? Infinity : excess;
}

function describe(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  index: number,
  differing: number,
): string {
  const error = Math.abs(actual[index] - expected[index]);
  return (
    `${what}: ${differing} of ${actual.length} differ; worst at ${index}: ` +
    `${actual[index]}, expected ${expected[index]}, error ${error.toPrecision(3)}`
  );
}
