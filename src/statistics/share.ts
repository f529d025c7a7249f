import { betaQuantile } from './beta.ts';
import { normalQuantile } from './normal.ts';

/** A share of independent samples with the bounds of its confidence interval, all from 0 to 1. */
export interface Share {
  share: number;
  low: number;
  high: number;
}

/**
 * The share `hits / count` with Wilson's interval: the shares p whose score test does not refuse the
 * hits. It covers near its level on average, for few samples and shares of 0 and 1 too.
 *
 * Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
 *
 * @returns null without samples
 */
export function wilsonShare(hits: number, count: number, confidence = 0.95): Share | null {
  if (count === 0) return null;
  const share = hits / count;
  const square = normalQuantile((1 - confidence) / 2) ** 2 / count;
  const centre = share + square / 2;
  const reach = Math.sqrt(square * (share * (1 - share) + square / 4));
  const low = hits === 0 ? 0 : (centre - reach) / (1 + square);
  const high = hits === count ? 1 : (centre + reach) / (1 + square);
  return { share, low, high };
}

/**
 * The share `hits / count` with the exact interval, which covers at least at its level for every true
 * share and is therefore wider than Wilson's.
 *
 * Source: Clopper and Pearson, "The use of confidence or fiducial limits", 1934.
 *
 * @returns null without samples
 */
export function exactShare(hits: number, count: number, confidence = 0.95): Share | null {
  if (count === 0) return null;
  const tail = (1 - confidence) / 2;
  const misses = count - hits;
  return {
    share: hits / count,
    low: hits === 0 ? 0 : betaQuantile(hits, misses + 1, tail),
    high: misses === 0 ? 1 : 1 - betaQuantile(misses, hits + 1, tail),
  };
}
