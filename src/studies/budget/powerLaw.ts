/** A law of how an error falls with the training: `floor + scale · epochs^−power`. */
export interface PowerLaw {
  /** The error that no training goes below, 0 or more. */
  floor: number;
  scale: number;
  power: number;
}

/** The powers that are tried: from a curve that hardly bends to one that has ended. */
const powers = Array.from({ length: 100 }, (_, k) => 0.03 * (k + 1));

/**
 * The power law with a floor that has the least sum of squared relative distances to points: of every
 * power the best floor and scale by linear least squares, of all powers the best.
 *
 * @param points at least three, of errors above 0
 */
export function fitPowerLaw(
  points: readonly (readonly [epochs: number, error: number])[],
): PowerLaw {
  const laws = powers.map((power) => withPower(points, power));
  const distance = (law: PowerLaw) =>
    points.reduce((sum, [epochs, error]) => sum + (errorAt(law, epochs) / error - 1) ** 2, 0);
  return laws.reduce((best, law) => (distance(law) < distance(best) ? law : best));
}

/** What a law says of a training of so many epochs. */
export const errorAt = ({ floor, scale, power }: PowerLaw, epochs: number): number =>
  floor + scale * epochs ** -power;

/** Floor and scale of a power: least squares of 1 by floor/error and scale · epochs^−power/error. */
function withPower(points: readonly (readonly [number, number])[], power: number): PowerLaw {
  const rows = points.map(([epochs, error]) => [1 / error, epochs ** -power / error]);
  const sum = (term: (row: number[]) => number) =>
    rows.reduce((total, row) => total + term(row), 0);
  const [aa, ab, bb] = [sum(([a]) => a * a), sum(([a, b]) => a * b), sum(([, b]) => b * b)];
  const [a, b] = [sum(([a]) => a), sum(([, b]) => b)];
  const determinant = aa * bb - ab * ab;
  const floor = (a * bb - b * ab) / determinant;
  if (floor >= 0) return { floor, scale: (b * aa - a * ab) / determinant, power };
  return { floor: 0, scale: b / bb, power };
}
