import { noncentralTails } from './noncentral.ts';
import { root } from './root.ts';
import { studentCritical } from './student.ts';

/** A difference of means that a comparison of seeds is to find. */
export interface Sought {
  /** The true difference. */
  difference: number;
  /** How often no difference is taken for one; 0.05 unless given. */
  level?: number;
}

/** A comparison of values paired by seed. */
export interface PairedSought extends Sought {
  /** Deviation of the paired differences, above 0. */
  deviation: number;
}

/** A comparison of as many values of either of two models. */
export interface WelchSought extends Sought {
  /** Deviation of each model's values, not both 0. */
  deviations: readonly [number, number];
}

/** No study has more seeds than this. */
const mostSeeds = 1_000_000;

/** How often equal means may be taken for different ones, unless said otherwise. */
const usualLevel = 0.05;

/**
 * How often the paired t test with `count` seeds says of a true difference that there is one:
 * P(|T′| ≥ t) for the noncentral T′ with shift √n · difference / deviation. Null with one seed.
 *
 * Source: Cohen, "Statistical power analysis for the behavioral sciences", 1988, section 2.5.
 */
export function pairedPower(sought: PairedSought, count: number): number | null {
  const { difference, deviation, level = usualLevel } = sought;
  if (count < 2) return null;
  const shift = (Math.sqrt(count) * difference) / deviation;
  return beyond(studentCritical(level, count - 1), count - 1, shift);
}

/**
 * How often Welch's test with `count` seeds of either model finds a true difference. Null with one seed.
 *
 * With ν = count − 1 and b the first model's part of both χ², which is Beta(ν/2, ν/2) and independent
 * of their sum, Welch's T is a noncentral T′ of 2ν degrees of freedom times a factor of b, and the t
 * that it must reach depends on b alone. So the power is the mean over b of T′'s tails. b = sin² θ
 * makes the density a power of sin 2θ, and Takahasi and Mori's tanh-sinh rule the mean.
 */
export function welchPower(sought: WelchSought, count: number): number | null {
  const freedom = count - 1;
  if (!(freedom > 0)) return null;
  const [left, right] = sought.deviations.map((deviation) => deviation ** 2);
  const shift = sought.difference / Math.sqrt((left + right) / count);
  const reach = Math.min(Math.PI / 4, 4 / Math.sqrt(freedom));
  let [sum, weights] = [0, 0];
  for (let u = -3; u <= 3; u += 3 / 32) {
    const bend = (Math.PI / 2) * Math.sinh(u);
    const theta = Math.PI / 4 + reach * Math.tanh(bend);
    const [a, b] = [left * Math.sin(theta) ** 2, right * Math.cos(theta) ** 2];
    const critical = studentCritical(
      sought.level ?? usualLevel,
      (freedom * (a + b) ** 2) / (a ** 2 + b ** 2),
    );
    const threshold = critical * Math.sqrt((2 * (a + b)) / (left + right));
    const weight = (Math.sin(2 * theta) ** (freedom - 1) * Math.cosh(u)) / Math.cosh(bend) ** 2;
    sum += weight * beyond(threshold, 2 * freedom, shift);
    weights += weight;
  }
  return sum / weights;
}

/** The fewest seeds with which the paired test reaches a power; null if a million do not. */
export function pairedSeeds(sought: PairedSought, wanted = 0.8): number | null {
  return fewest((count) => pairedPower(sought, count)! >= wanted);
}

/** The fewest seeds of either model with which Welch's test reaches a power; null if a million do not. */
export function welchSeeds(sought: WelchSought, wanted = 0.8): number | null {
  return fewest((count) => welchPower(sought, count)! >= wanted);
}

/**
 * The least |difference| / deviation of paired differences that `count` seeds find with a power. Null
 * with one seed.
 */
export function pairedDetectable(count: number, level = usualLevel, wanted = 0.8): number | null {
  if (count < 2) return null;
  const excess = (difference: number) =>
    pairedPower({ difference, deviation: 1, level }, count)! - wanted;
  let most = 1;
  while (excess(most) < 0) most *= 2;
  return root(excess, 0, most);
}

/** P(|T′| ≥ t). */
function beyond(t: number, freedom: number, shift: number): number {
  const { lower, upper } = noncentralTails(t, freedom, shift);
  return Math.min(1, lower + upper);
}

/** The least count from 2 for which it is enough, given that more always is. */
function fewest(enough: (count: number) => boolean): number | null {
  let most = 2;
  while (!enough(most)) {
    if (most >= mostSeeds) return null;
    most *= 2;
  }
  let least = most === 2 ? 1 : most / 2;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (enough(middle)) most = middle;
    else least = middle;
  }
  return most;
}
