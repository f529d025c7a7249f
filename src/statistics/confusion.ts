import { RequestError } from '../errors.ts';
import { meanOf } from './estimate.ts';
import { type Share, wilsonShare } from './share.ts';

/** How often each class was taken for each: [true class][predicted class]. */
export type Confusion = readonly (readonly number[])[];

/** What a classifier makes of one class, with 95 % intervals. */
export interface ClassMeasures {
  /** Samples of the class. */
  samples: number;
  /** Samples that it was predicted for. */
  predicted: number;
  /** Share of its samples that are found; null, as the error is, for a class without samples. */
  recall: Share | null;
  /** 1 − recall. */
  error: Share | null;
  /** Share of its predictions that are right; null for a class that is never predicted. */
  precision: Share | null;
  /** Harmonic mean of both, 0 if its samples are all missed; null if neither there nor predicted. */
  f1: Share | null;
  /** Why some of these are null. */
  missing: ('no samples' | 'never predicted')[];
}

/** A mean over classes. */
export interface MacroAverage {
  mean: number;
  /** Classes that have the measure; the others are left out. */
  classes: number;
}

/** What a classifier makes of all classes. */
export interface Classification {
  perClass: ClassMeasures[];
  /** Share of all samples that are right; null without samples. */
  accuracy: Share | null;
  /** Mean recall of the classes with samples, each weighing the same; null without samples. */
  balancedAccuracy: Share | null;
  precision: MacroAverage | null;
  recall: MacroAverage | null;
  f1: MacroAverage | null;
}

/**
 * Counts how often each class was taken for each, [classes][classes].
 *
 * @param labels true classes, one a sample, each from 0 to classes − 1
 * @param predictions predicted classes, as many
 * @throws RequestError where the lengths differ or a class is out of range
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): number[][] {
  if (labels.length !== predictions.length)
    throw new RequestError(
      `confusion matrix: ${labels.length} labels and ${predictions.length} predictions; ` +
        'predict the samples whose labels are given',
    );
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let sample = 0; sample < labels.length; sample++) {
    const [label, predicted] = [labels[sample], predictions[sample]];
    if (counts[label]?.[predicted] === undefined)
      throw new RequestError(
        `confusion matrix, sample ${sample}: class ${label} taken for ${predicted} is not within ` +
          `0 to ${classes - 1}; give the number of classes of the dataset`,
      );
    counts[label][predicted]++;
  }
  return counts;
}

/**
 * Recall, precision and F1 of every class and their means. What is not defined is null, never 0 or
 * infinite, with its reason beside it.
 *
 * Intervals are Wilson's. That of F1 = 2 q / (1 + q) follows from q, the share of hits among samples
 * of the class or predicted as it; that of the mean recall combines the classes' bounds
 * (Zou and Donner, "Construction of confidence limits about effect measures", 2008).
 */
export function classify(confusion: Confusion): Classification {
  const perClass = confusion.map((_, k) => classMeasures(confusion, k));
  const hits = perClass.map((_, k) => confusion[k][k]).reduce((sum, own) => sum + own, 0);
  const samples = perClass.reduce((sum, own) => sum + own.samples, 0);
  return {
    perClass,
    accuracy: wilsonShare(hits, samples),
    balancedAccuracy: meanShare(perClass.map(({ recall }) => recall)),
    precision: macro(perClass.map(({ precision }) => precision)),
    recall: macro(perClass.map(({ recall }) => recall)),
    f1: macro(perClass.map(({ f1 }) => f1)),
  };
}

function classMeasures(confusion: Confusion, k: number): ClassMeasures {
  const hits = confusion[k][k];
  const samples = confusion[k].reduce((sum, count) => sum + count, 0);
  const predicted = confusion.reduce((sum, row) => sum + row[k], 0);
  const overlap = wilsonShare(hits, samples + predicted - hits);
  const missing: ClassMeasures['missing'] = [];
  if (samples === 0) missing.push('no samples');
  if (predicted === 0) missing.push('never predicted');
  return {
    ...{ samples, predicted, missing },
    recall: wilsonShare(hits, samples),
    error: wilsonShare(samples - hits, samples),
    precision: wilsonShare(hits, predicted),
    f1: overlap && mapped(overlap, (q) => (2 * q) / (1 + q)),
  };
}

/** The mean of independent shares; its distance to either bound is the root of the squares' mean. */
function meanShare(shares: readonly (Share | null)[]): Share | null {
  const known = shares.filter((share) => share !== null);
  if (known.length === 0) return null;
  const share = meanOf(known.map((one) => one.share));
  const below = Math.hypot(...known.map((one) => one.share - one.low)) / known.length;
  const above = Math.hypot(...known.map((one) => one.high - one.share)) / known.length;
  return { share, low: Math.max(0, share - below), high: Math.min(1, share + above) };
}

function macro(shares: readonly (Share | null)[]): MacroAverage | null {
  const known = shares.filter((share) => share !== null).map(({ share }) => share);
  return known.length === 0 ? null : { mean: meanOf(known), classes: known.length };
}

function mapped({ share, low, high }: Share, map: (share: number) => number): Share {
  return { share: map(share), low: map(low), high: map(high) };
}
