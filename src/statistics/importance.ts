import { permutation, randomStream } from '../random/index.ts';
import { meanOf } from './estimate.ts';

/** How much of the variance of some values a factor accounts for. */
export interface Importance {
  /** η²: the sum of squares between the factor's levels over that of all values, from 0 to 1. */
  explained: number;
  /** ε², Kelley's correction of it: 0 on average of a factor that does nothing; null without a level of two values. */
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
 * @param values [count], finite
 * @param levels [count], the level of each
 * @returns null where nothing varies, or there is one level
 */
export function importance(
  values: readonly number[],
  levels: readonly number[],
): Importance | null {
  const count = new Set(levels).size;
  const total = squares(values);
  if (count < 2 || !(total > 0)) return null;
  const between = betweenLevels(values, levels);
  const within = values.length - count;
  const corrected = (between - ((count - 1) * (total - between)) / within) / total;
  return {
    explained: Math.min(1, between / total),
    corrected: within > 0 ? Math.max(0, corrected) : null,
    probability: asMuch(values, levels, between * (1 - 1e-9)),
  };
}

/** The share of relabellings whose sum of squares between levels is at least this. */
function asMuch(values: readonly number[], levels: readonly number[], between: number): number {
  const stream = randomStream(1, 'statistics/importance');
  let found = 1;
  for (let draw = 0; draw < drawn; draw++) {
    const order = permutation(stream, values.length);
    const shuffled = levels.map((_, place) => levels[order[place]]);
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
