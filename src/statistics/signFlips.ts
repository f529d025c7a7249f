import { randomStream } from '../random/index.ts';

/** The permutation test of paired differences. */
export interface SignFlipTest {
  /** Two-sided p; null where a difference is not finite or there is none. */
  probability: number | null;
  /** The least p that so many differences can reach; above 0.05 with fewer than six. */
  least: number;
  /** Whether every choice of signs was counted, or only some drawn at random. */
  exhaustive: boolean;
}

/** Up to so many differences every choice of signs is counted: 2²⁰, as pairs of 2¹⁰ halves. */
const mostCounted = 20;

/**
 * The exact permutation test of paired values. If neither side is better, every difference might as
 * well have the other sign; p is the share of all 2ⁿ choices of signs whose sum is at least as far from
 * 0. It assumes no normality, only that differences are symmetric about 0.
 *
 * Of more than 20 differences `draws` choices are drawn, b of them as far: p = (b + 1) / (draws + 1),
 * which is never 0 and holds its level.
 *
 * Source: Fisher, "The design of experiments", 1935, section 21; Phipson and Smyth, "Permutation
 * p-values should never be zero", 2010.
 *
 * @param seed of the draws
 */
export function signFlipTest(
  differences: readonly number[],
  seed: number,
  draws = 99_999,
): SignFlipTest {
  const exhaustive = differences.length <= mostCounted;
  const least = exhaustive ? Math.min(1, 2 ** (1 - differences.length)) : 1 / (draws + 1);
  if (differences.length === 0 || !differences.every(Number.isFinite))
    return { probability: null, least, exhaustive };
  const reach = Math.abs(sumOf(differences)) - 1e-12 * sumOf(differences.map(Math.abs));
  const probability = exhaustive
    ? shareBeyond(differences, reach)
    : (drawnBeyond(differences, reach, seed, draws) + 1) / (draws + 1);
  return { probability, least, exhaustive };
}

/** The share of all choices of signs with |sum| ≥ reach: for each of a half's sums, of the other's. */
function shareBeyond(differences: readonly number[], reach: number): number {
  const middle = differences.length >> 1;
  const [one, other] = [differences.slice(0, middle), differences.slice(middle)].map(signedSums);
  let [inner, outer, beyond] = [other.length, other.length, 0];
  for (const sum of one) {
    while (outer > 0 && sum + other[outer - 1] >= reach) outer--;
    while (inner > 0 && sum + other[inner - 1] > -reach) inner--;
    beyond += reach <= 0 ? other.length : other.length - outer + inner;
  }
  return beyond / (one.length * other.length);
}

/** ±d₁ ±d₂ … for every choice of signs, in ascending order. */
function signedSums(differences: readonly number[]): Float64Array {
  let sums = Float64Array.of(0);
  for (const difference of differences)
    sums = Float64Array.from([
      ...sums.map((s) => s - difference),
      ...sums.map((s) => s + difference),
    ]);
  return sums.sort();
}

function drawnBeyond(
  differences: readonly number[],
  reach: number,
  seed: number,
  draws: number,
): number {
  const stream = randomStream(seed, 'statistics/signs');
  let beyond = 0;
  for (let draw = 0; draw < draws; draw++) {
    let [sum, word] = [0, 0];
    for (let i = 0; i < differences.length; i++) {
      word = i % 32 === 0 ? stream.uint32() : word >>> 1;
      sum += word & 1 ? differences[i] : -differences[i];
    }
    if (Math.abs(sum) >= reach) beyond++;
  }
  return beyond;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
