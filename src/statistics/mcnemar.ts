import { binomialCumulative, binomialProbability } from './beta.ts';

/** Two models on the same samples, held against each other by those that only one gets right. */
export interface McNemar {
  /** Samples. */
  count: number;
  /** Samples that only the left, or only the right, model gets right. */
  onlyLeft: number;
  onlyRight: number;
  /** Error of the left model less that of the right, a share of the samples; null without samples. */
  difference: number | null;
  /** Two-sided p of the exact binomial test; 1 where no sample tells the models apart. */
  exact: number;
  /** Two-sided mid-p, which counts the observed split half: closer to its level, and preferred. */
  mid: number;
}

/**
 * McNemar's test: if neither model is better, a sample that only one of them gets right is as likely
 * the one's as the other's, so the split of those samples is binomial with p = ½. What it tells is
 * said of these two trained nets, not of their recipes.
 *
 * Source: McNemar, Psychometrika 12 (1947); Fagerland, Lydersen and Laake, "The McNemar test for
 * binary matched-pairs data: mid-p and asymptotic are better than exact conditional", 2013.
 *
 * @param left predicted classes, one a sample
 * @param right those of the other model, of the same samples
 * @param labels the samples' classes
 */
export function mcnemar(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  labels: ArrayLike<number>,
): McNemar {
  let [onlyLeft, onlyRight] = [0, 0];
  for (let sample = 0; sample < labels.length; sample++) {
    const [ours, theirs] = [left, right].map((predicted) => predicted[sample] === labels[sample]);
    if (ours && !theirs) onlyLeft++;
    if (theirs && !ours) onlyRight++;
  }
  const count = labels.length;
  const difference = count === 0 ? null : (onlyRight - onlyLeft) / count;
  return { count, onlyLeft, onlyRight, difference, ...evenSplit(onlyLeft, onlyRight) };
}

/** How often a fair coin splits as unevenly: P(|X − n/2| ≥ |k − n/2|). */
function evenSplit(k: number, other: number): Pick<McNemar, 'exact' | 'mid'> {
  const [n, fewer] = [k + other, Math.min(k, other)];
  if (n === 0) return { exact: 1, mid: 1 };
  const observed = binomialProbability(fewer, n, 0.5);
  if (k === other) return { exact: 1, mid: 1 - observed / 2 };
  const exact = 2 * binomialCumulative(fewer, n, 0.5);
  return { exact, mid: exact - observed };
}
