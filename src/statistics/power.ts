import { noncentralTails } from './noncentral.ts';
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

/**
 * How often the paired t test with `count` seeds says of a true difference that there is one:
 * P(|T′| ≥ t) for the noncentral T′ with shift √n · difference / deviation. Null with one seed.
 *
 * Source: Cohen, "Statistical power analysis for the behavioral sciences", 1988, section 2.5.
 */
export function pairedPower(sought: PairedSought, count: number): number | null {
  const { difference, deviation } = sought;
  return power((Math.sqrt(count) * difference) / deviation, count - 1, sought.level);
}

/**
 * How often Welch's test with `count` seeds of either model finds a true difference, the degrees of
 * freedom taken at the true deviations. Exact where these are equal but for Welch's estimating them.
 * Null with one seed.
 */
export function welchPower(sought: WelchSought, count: number): number | null {
  const [a, b] = sought.deviations.map((deviation) => deviation ** 2);
  const freedom = ((count - 1) * (a + b) ** 2) / (a ** 2 + b ** 2);
  return power(sought.difference / Math.sqrt((a + b) / count), freedom, sought.level);
}

/** The fewest seeds with which the paired test reaches a power; null if a million do not. */
export function pairedSeeds(sought: PairedSought, wanted = 0.8): number | null {
  return fewest((count) => pairedPower(sought, count)! >= wanted);
}

/** The fewest seeds of either model with which Welch's test reaches a power; null if a million do not. */
export function welchSeeds(sought: WelchSought, wanted = 0.8): number | null {
  return fewest((count) => welchPower(sought, count)! >= wanted);
}

function power(shift: number, freedom: number, level = 0.05): number | null {
  if (!(freedom > 0)) return null;
  const { lower, upper } = noncentralTails(studentCritical(level, freedom), freedom, shift);
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
