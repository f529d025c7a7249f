import { permutation, randomStream } from '../random/index.ts';
import { meanOf } from './estimate.ts';

/** How much of the variance of some values a factor accounts for. */
export interface Importance {
  /** η²: the sum of squares between the factor's levels over that of all values, from 0 to 1. */
  explained: number;
  /**
   * ε², Kelley's correction of it: less what chance alone explains on average, never below 0; null without a level
   * of two units.
   */
  corrected: number | null;
  /** Share of relabellings, the one at hand among them, that account for as much; two-sided by nature. */
  probability: number;
}

/** Relabellings drawn, besides the one at hand. */
const drawn = 1999;

/**
 * The share of the variance of values that the levels of a factor explain, as in an analysis of variance of
 * one way, with a permutation test. Of a full grid it is the main effect of a functional analysis of
 * variance (Hutter, Hoos and Leyton-Brown, 2014), without the model that their sampled settings need.
 *
 * Values that have more in common than the level, such as the seeds of one candidate, are no independent
 * witnesses of it: given as one unit they are relabelled together, and ε² counts them once.
 *
 * Source of ε²: Kelley, “An unbiased correlation ratio measure”, PNAS 21 (1935).
 *
 * @param values [count], finite
 * @param levels [count], the level of each
 * @param units [count], the unit of each, all of whose values have one level; left out, each is its own
 * @returns null where nothing varies, or there is one level
 */
export function importance(
  values: readonly number[],
  levels: readonly number[],
  units: readonly number[] = values.map((_, place) => place),
): Importance | null {
  const count = new Set(levels).size;
  const total = squares(values);
  if (count < 2 || !(total > 0)) return null;
  const between = betweenLevels(values, levels);
  const within = new Set(units).size - count;
  const chance = ((count - 1) * (betweenLevels(values, units) - between)) / within;
  const corrected = (between - chance) / total;
  return {
    explained: Math.min(1, between / total),
    corrected: within > 0 ? Math.max(0, corrected) : null,
    probability: asMuch(values, levels, units, between * (1 - 1e-9)),
  };
}

/** The share of relabellings of the units whose sum of squares between levels is at least this. */
function asMuch(
  values: readonly number[],
  levels: readonly number[],
  units: readonly number[],
  between: number,
): number {
  const stream = randomStream(1, 'statistics/importance');
  const places = new Map([...new Set(units)].map((unit, place) => [unit, place]));
  const own = [...places.keys()].map((unit) => levels[units.indexOf(unit)]);
  let found = 1;
  for (let draw = 0; draw < drawn; draw++) {
    const order = permutation(stream, own.length);
    const shuffled = units.map((unit) => own[order[places.get(unit)!]]);
    if (betweenLevels(values, shuffled) >= between) found++;
  }
  return found / (drawn + 1);
}

function betweenLevels(values: readonly number[], levels: readonly number[]): number {
  const mean = meanOf(values);
  const sums = new Map<number, { sum: number; count: number }>();
  values.forEach((value, place) => {
    const own = sums.get(levels[place]) ?? { sum: 0, count: 0 };
    sums.set(levels[place], { sum: own.sum + value - mean, count: own.count + 1 });
  });
  return [...sums.values()].reduce((total, { sum, count }) => total + sum ** 2 / count, 0);
}

function squares(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
