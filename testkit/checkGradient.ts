/** A gradient under suspicion, and the function it claims to belong to. */
interface GradientCheck {
  /** Names the function in the report and in failures. */
  name: string;
  f: (x: Float64Array) => number;
  /** Where the gradient was taken; unchanged afterwards. */
  x: ArrayLike<number>;
  /** The analytic gradient of f at x, one value a coordinate. */
  gradient: ArrayLike<number>;
  /** How many coordinates to visit, evenly spread; all unless given. */
  points?: number;
  /** How far coordinate `index` can move before f meets a kink. */
  kinks?: (index: number) => number;
  /** Half the width of the difference, at most `kinkMargin`. */
  step?: number;
  /** Error allowed: `absolute + relative · |difference quotient|`. */
  absolute?: number;
  relative?: number;
}

interface GradientReport {
  checked: number;
  skipped: number;
  worstError: number;
  /** For people: `relu: 61 of 64 points checked, 3 within 1e-3 of 0`. */
  text: string;
}

/** Points closer than this to a kink are skipped: a difference across it means nothing. */
const kinkMargin = 1e-3;

/**
 * Holds an analytic gradient against central differences (f(x + h) − f(x − h)) / 2h.
 * Where f is not smooth (ReLU at 0) the points near a kink are skipped and counted.
 *
 * @throws Error when a point disagrees, a value is not finite, or no point could be checked
 */
export function checkGradient(check: GradientCheck): GradientReport {
  requireSense(check);
  const visited = spread(check.points ?? check.x.length, check.x.length);
  const smooth = visited.filter((index) => (check.kinks?.(index) ?? Infinity) > kinkMargin);
  const skipped = visited.length - smooth.length;
  const text =
    `${check.name}: ${smooth.length} of ${visited.length} points checked` +
    (skipped > 0 ? `, ${skipped} within 1e-3 of 0` : '');
  if (smooth.length === 0) throw new Error(`${text}; choose points further from the kink`);

  const errors = smooth.map((index) => gradientError(check, index));
  return { checked: smooth.length, skipped, worstError: Math.max(...errors), text };
}

function requireSense({ name, x, gradient, step = defaultStep }: GradientCheck): void {
  if (x.length !== gradient.length)
    throw new Error(`${name}: ${gradient.length} gradient values for ${x.length} coordinates`);
  if (!(step > 0 && step <= kinkMargin))
    throw new Error(`${name}: step ${step} must lie in (0, ${kinkMargin}]`);
}

const defaultStep = 1e-5;

/** `count` indices of `length`, evenly spaced, each once. */
function spread(count: number, length: number): number[] {
  const visits = Math.min(count, length);
  return Array.from({ length: visits }, (_, visit) => Math.floor((visit * length) / visits));
}

function gradientError(check: GradientCheck, index: number): number {
  const { absolute = 1e-7, relative = 1e-6 } = check;
  const difference = centralDifference(check, index);
  const error = Math.abs(check.gradient[index] - difference);
  if (error <= absolute + relative * Math.abs(difference)) return error;
  throw new Error(
    `${check.name}: gradient ${check.gradient[index]} at coordinate ${index}, ` +
      `difference quotient ${difference}, error ${error.toPrecision(3)}`,
  );
}

function centralDifference({ f, x, step = defaultStep }: GradientCheck, index: number): number {
  const at = (offset: number) => {
    const moved = Float64Array.from(x);
    moved[index] += offset;
    return f(moved);
  };
  return (at(step) - at(-step)) / (2 * step);
}
