/**
 * Where a continuous function changes sign between two places, to the last bits of the place.
 *
 * Source: Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a
 * nonlinear function without using derivatives", Advances in Engineering Software 28 (1997).
 *
 * @param low with f(low) of other sign than f(high), or either 0
 * @throws RangeError where both ends have one sign
 */
export function root(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [high, low];
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (Math.sign(fa) === Math.sign(fb))
    throw new RangeError(`root: ${fb} at ${low} and ${fa} at ${high}; same sign`);
  let share = 0.5;
  for (let step = 0; step < 200; step++) {
    const x = a + share * (b - a);
    const fx = f(x);
    const crossed = Math.sign(fx) !== Math.sign(fa);
    const [c, fc] = crossed ? [b, fb] : [a, fa];
    if (crossed) [b, fb] = [a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const least = (Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (fa === 0 || least > 0.5) return best;
    share = Math.min(1 - least, Math.max(least, nextShare(a, fa, b, fb, c, fc)));
  }
  return a;
}

/** Where to look next between a and b: by inverse quadratic interpolation if that is safe. */
function nextShare(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  const ofB = (fa / (fb - fa)) * (fc / (fb - fc));
  const ofC = ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
  return ofB + ofC;
}
